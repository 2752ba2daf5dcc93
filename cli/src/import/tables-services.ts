import { definition, from, named, party, pick, placeInput, region, type ImportTable } from "./rows";

/** What there is in a community, whom to call, and what people ask for and offer. */
export const SERVICE_TABLES = {
  facilities: {
    definition: definition("facilities"),
    mutation: "importFacilities",
    references: (row) => [
      ...named("community", "COMMUNITY", row["community"], row["within"]),
      ...region("region", row["region"]),
      ...named("operator", "ORGANISATION", row["operator"]),
    ],
    toInput: (row, settled) => ({
      ...pick(
        row,
        "key",
        "name",
        "category",
        "state",
        "shared",
        "wantsOperator",
        "formerly",
        "exhibitions",
        "openingHours",
        "longitude",
        "latitude",
      ),
      ...pick(row, "address", "capacity", "asOf", "source"),
      communityId: settled("community"),
      regionCode: settled("region"),
      ...from(row, "operator", () => ({ operatorId: settled("operator") })),
    }),
  },
  contacts: {
    definition: definition("contacts"),
    mutation: "importContacts",
    references: party,
    toInput: (row, settled) => ({
      ...pick(row, "kind", "purpose", "label", "value", "published"),
      ...placeInput(row["partyKind"], settled("party")),
    }),
  },
  requests: {
    definition: definition("requests"),
    mutation: "importServiceRequests",
    references: (row) => [
      ...named("community", "COMMUNITY", row["community"], row["within"]),
      ...named("organisation", "ORGANISATION", row["organisation"]),
    ],
    toInput: (row, settled) => ({
      ...pick(
        row,
        "key",
        "side",
        "topic",
        "title",
        "mode",
        "price",
        "currency",
        "units",
        "startsOn",
        "endsOn",
        "tags",
        "illustrative",
        "source",
      ),
      communityId: settled("community"),
      ...from(row, "organisation", () => ({ organisationId: settled("organisation") })),
    }),
  },
} satisfies Record<string, ImportTable>;
