import { definition, from, named, pick, region, text, texts, type ImportTable } from "./rows";

/** The tables of the subgraph matching. */
export const MATCHING_TABLES = {
  rounds: {
    definition: definition("rounds"),
    mutation: "importRounds",
    references: (row) => [...region("region", row["region"]), ...named("event", "EVENT", row["event"])],
    toInput: (row, settled) => ({
      ...pick(row, "key", "year", "title", "source"),
      regionCode: settled("region"),
      ...from(row, "event", () => ({ eventId: settled("event") })),
    }),
  },
  needs: {
    definition: definition("needs"),
    mutation: "importNeeds",
    references: (row) => [
      ...named("community", "COMMUNITY", row["community"], row["within"]),
      ...named("suggestion", "SUGGESTION", row["suggestion"]),
    ],
    toInput: (row, settled) => ({
      ...pick(
        row,
        "key",
        "kind",
        "title",
        "description",
        "fundKind",
        "budgetMin",
        "budgetMax",
        "currency",
        "startsOn",
        "endsOn",
        "tags",
        "requiredQualifications",
        "beneficiaries",
        "quantity",
        "illustrative",
        "source",
      ),
      roundKey: text(row["round"]),
      communityId: settled("community"),
      ...from(row, "suggestion", () => ({ originSuggestionId: settled("suggestion") })),
    }),
  },
  offers: {
    definition: definition("offers"),
    mutation: "importOffers",
    references: (row) => [
      ...named("organisation", "ORGANISATION", row["organisation"]),
      ...texts(row["coverage"]).flatMap((item) => region(`coverage:${item}`, item)),
    ],
    toInput: (row, settled) => ({
      ...pick(
        row,
        "key",
        "kinds",
        "title",
        "description",
        "capabilities",
        "price",
        "currency",
        "capacity",
        "availableFrom",
        "availableTo",
        "qualifications",
        "cases",
        "illustrative",
        "source",
      ),
      roundKey: text(row["round"]),
      organisationId: settled("organisation"),
      ...from(row, "coverage", () => ({ coverage: texts(row["coverage"]).map((item) => settled(`coverage:${item}`)) })),
    }),
  },
} satisfies Record<string, ImportTable>;
