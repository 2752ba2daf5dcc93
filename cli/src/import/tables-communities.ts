import {
  definition,
  ethnicGroup,
  from,
  inPath,
  named,
  period,
  pick,
  place,
  placeInput,
  question,
  region,
  scheme,
  text,
  texts,
  type ImportTable,
} from "./rows";
import { PAIRING_TABLES } from "./tables-pairings";
import { PRACTICE_TABLES } from "./tables-practices";
import { SERVICE_TABLES } from "./tables-services";

/** The tables of the subgraph communities. */
export const COMMUNITIES_TABLES = {
  ...PAIRING_TABLES,
  ...PRACTICE_TABLES,
  ...SERVICE_TABLES,
  regions: {
    definition: definition("regions"),
    mutation: "importRegions",
    together: "*",
    references: () => [],
    toInput: (row) => ({
      ...pick(row, "code", "name", "level", "kind", "source"),
      ...from(row, "scheme", () => ({ scheme: scheme(row["scheme"]) })),
      ...from(row, "parent", () => ({ parentCode: text(row["parent"]) })),
      ...from(row, "manages", () => ({ manages: texts(row["manages"]) })),
    }),
  },
  communities: {
    definition: definition("communities"),
    mutation: "importCommunities",
    references: (row) => region("region", row["region"]),
    toInput: (row, settled) => ({
      ...pick(row, "identifier", "name", "kind", "traits", "description", "longitude", "latitude", "source"),
      scheme: scheme(row["scheme"]),
      regionCode: settled("region"),
    }),
  },
  traits: {
    definition: definition("traits"),
    mutation: "importCommunityTraits",
    references: (row) => named("community", "COMMUNITY", row["community"], row["within"]),
    toInput: (row, settled) => ({ communityId: settled("community"), traits: texts(row["traits"]) }),
  },
  organisations: {
    definition: definition("organisations"),
    mutation: "importOrganisations",
    references: (row) => region("region", row["region"]),
    toInput: (row, settled) => ({
      ...pick(row, "key", "name", "kind", "creditCode", "capabilities", "description", "illustrative", "source"),
      ...from(row, "region", () => ({ regionCode: settled("region") })),
    }),
  },
  areas: {
    definition: definition("areas"),
    mutation: "importServiceAreas",
    references: (row) => [
      ...named("organisation", "ORGANISATION", row["organisation"], row["within"]),
      ...texts(row["regions"]).flatMap((item) => region(`regions:${item}`, item)),
      ...texts(row["communities"]).map((item) => ({ column: `communities:${item}`, kind: "COMMUNITY" as const, ...inPath(item) })),
    ],
    toInput: (row, settled) => ({
      organisationId: settled("organisation"),
      ...from(row, "regions", () => ({ regionCodes: texts(row["regions"]).map((item) => settled(`regions:${item}`)) })),
      ...from(row, "communities", () => ({ communityIds: texts(row["communities"]).map((item) => settled(`communities:${item}`)) })),
    }),
  },
  populations: {
    definition: definition("populations"),
    mutation: "importPopulations",
    references: (row) => named("community", "COMMUNITY", row["community"], row["within"]),
    toInput: (row, settled) => ({
      ...pick(row, "asOf", "residents", "residentsPrecision", "households", "compounds", "ethnicGroupCount", "source"),
      communityId: settled("community"),
      ...from(row, "ethnicGroups", () => ({ ethnicGroups: texts(row["ethnicGroups"]).map(ethnicGroup) })),
    }),
  },
  compounds: {
    definition: definition("compounds"),
    mutation: "importCompounds",
    references: (row) => [
      ...named("community", "COMMUNITY", row["community"], row["within"]),
      ...(row["managerKind"] === "ORGANISATION" ? named("manager", "ORGANISATION", row["manager"]) : []),
    ],
    toInput: (row, settled) => ({
      ...pick(row, "name", "kind", "households", "builtYear", "illustrative", "source"),
      communityId: settled("community"),
      ...from(row, "manager", () => ({
        managerId: row["managerKind"] === "ORGANISATION" ? settled("manager") : null,
        managerName: row["managerKind"] === "ORGANISATION" ? null : text(row["manager"]),
      })),
    }),
  },
  people: {
    definition: definition("people"),
    mutation: "importPeople",
    references: () => [],
    toInput: (row) => pick(row, "key", "name", "illustrative", "source"),
  },
  appointments: {
    definition: definition("appointments"),
    mutation: "importAppointments",
    references: (row) => [
      ...place("place", row["placeKind"], row["place"], row["within"]),
      ...place("behalf", row["behalfKind"], row["behalf"]),
      ...place("conferrer", row["conferrerKind"], row["conferrer"], row["within"]),
      ...named("event", "EVENT", row["event"]),
    ],
    toInput: (row, settled) => ({
      ...pick(row, "key", "role", "startsOn", "endsOn", "attestedOn", "capacity", "expertise", "published", "source"),
      personKey: text(row["person"]),
      at: placeInput(row["placeKind"], settled("place")),
      ...from(row, "event", () => ({ eventId: settled("event") })),
      ...from(row, "behalf", () => ({
        onBehalfOf: text(row["behalf"]) === null ? null : placeInput(row["behalfKind"], settled("behalf")),
      })),
      ...from(row, "conferrer", () => ({
        conferredBy: text(row["conferrer"]) === null ? null : placeInput(row["conferrerKind"], settled("conferrer")),
      })),
    }),
  },
  teams: {
    definition: definition("teams"),
    mutation: "importTeams",
    references: (row) => [
      ...named("organisation", "ORGANISATION", row["organisation"], row["within"]),
      ...named("community", "COMMUNITY", row["community"], row["within"]),
    ],
    toInput: (row, settled) => ({
      ...pick(row, "members", "membersPrecision", "composition", "services", "venue", "foundedOn", "source"),
      organisationId: settled("organisation"),
      ...from(row, "community", () => ({ communityId: settled("community") })),
    }),
  },
  activities: {
    definition: definition("activities"),
    mutation: "importTeamActivities",
    references: (row) => [...named("organisation", "ORGANISATION", row["organisation"]), ...named("event", "EVENT", row["event"])],
    toInput: (row, settled) => ({
      ...pick(row, "key", "kind", "title", "heldOn", "asOf", "times", "timesPrecision", "participants", "participantsPrecision"),
      ...pick(row, "certified", "certifiedPrecision", "source"),
      organisationId: settled("organisation"),
      ...from(row, "event", () => ({ eventId: settled("event") })),
    }),
  },
  calendar: {
    definition: definition("calendar"),
    mutation: "importCalendarDays",
    references: () => [],
    toInput: (row) => pick(row, "calendar", "day", "working", "name", "source"),
  },
  suggestions: {
    definition: definition("suggestions"),
    mutation: "importSuggestions",
    references: (row) => [
      ...named("community", "COMMUNITY", row["community"], row["within"]),
      ...region("region", row["region"]),
      ...named("event", "EVENT", row["event"]),
      ...named("raiser", row["raiserKind"] === "COMMUNITY" ? "COMMUNITY" : "ORGANISATION", row["raiser"], row["within"]),
      ...region("assignee", row["assignee"]),
    ],
    toInput: (row, settled) => ({
      ...pick(
        row,
        "key",
        "title",
        "body",
        "topic",
        "channel",
        "urgency",
        "raisedOn",
        "published",
        "decision",
        "answer",
        "answeredOn",
        "promisedOn",
        "outcome",
        "doneOn",
        "rating",
        "illustrative",
        "source",
      ),
      communityId: settled("community"),
      regionCode: settled("region"),
      ...from(row, "event", () => ({ eventId: settled("event") })),
      ...from(row, "raiser", () => ({
        inNameOf: text(row["raiser"]) === null ? null : placeInput(row["raiserKind"], settled("raiser")),
      })),
      ...(text(row["assignee"]) !== null && { assignee: { regionCode: settled("assignee") } }),
    }),
  },
  surveys: {
    definition: definition("surveys"),
    mutation: "importSurveys",
    references: (row) => [...named("community", "COMMUNITY", row["community"], row["within"]), ...region("region", row["region"])],
    toInput: (row, settled) => ({
      ...pick(row, "key", "title", "illustrative", "source"),
      communityId: settled("community"),
      regionCode: settled("region"),
      questions: texts(row["questions"]).map(question),
      ...from(row, "periods", () => ({ periods: texts(row["periods"]).map(period) })),
    }),
  },
  responses: {
    definition: definition("responses"),
    mutation: "importSurveyResponses",
    references: (row) => named("community", "COMMUNITY", row["community"], row["within"]),
    toInput: (row, settled) => ({
      ...pick(row, "key", "period"),
      surveyKey: row["survey"],
      communityId: settled("community"),
      answers: texts(row["answers"]).map((item) => {
        const [position, value] = item.split(/[:：]/u).map(Number);
        return { position, value };
      }),
    }),
  },
  cards: {
    definition: definition("cards"),
    mutation: "importServiceContacts",
    references: (row) => [
      ...named("community", "COMMUNITY", row["community"], row["within"]),
      ...named("organisation", "ORGANISATION", row["organisation"]),
    ],
    toInput: (row, settled) => ({
      ...pick(row, "key", "position", "field", "title", "line", "place", "hours", "illustrative", "source"),
      communityId: settled("community"),
      ...from(row, "organisation", () => ({ organisationId: settled("organisation") })),
    }),
  },
} satisfies Record<string, ImportTable>;
