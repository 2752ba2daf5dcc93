import { definition, from, party, pick, region, text, type ImportTable } from "./rows";

/** The tables of the subgraph events. */
export const EVENTS_TABLES = {
  series: {
    definition: definition("series"),
    mutation: "importEventSeries",
    references: () => [],
    toInput: (row) => pick(row, "key", "name", "description", "source"),
  },
  events: {
    definition: definition("events"),
    mutation: "importEvents",
    references: (row) => region("region", row["region"]),
    toInput: (row, settled) => ({
      ...pick(row, "key", "edition", "name", "theme", "kind", "startsAt", "endsAt", "timeZone", "place", "source"),
      ...from(row, "series", () => ({ seriesKey: text(row["series"]) })),
      ...from(row, "region", () => ({ regionCode: settled("region") })),
    }),
  },
  organisers: {
    definition: definition("organisers"),
    mutation: "importOrganisers",
    together: "eventKey",
    references: party,
    toInput: (row, settled) => ({
      ...pick(row, "role", "order", "partyKind", "source"),
      eventKey: text(row["event"]),
      partyId: settled("party"),
    }),
  },
  sessions: {
    definition: definition("sessions"),
    mutation: "importSessions",
    together: "eventKey",
    references: () => [],
    toInput: (row) => ({ ...pick(row, "key", "title", "kind", "startsAt", "endsAt", "topic", "source"), eventKey: text(row["event"]) }),
  },
  participants: {
    definition: definition("participants"),
    mutation: "importParticipants",
    together: "sessionKey",
    references: party,
    toInput: (row, settled) => ({
      ...pick(row, "role", "order", "partyKind", "topic", "source"),
      sessionKey: text(row["session"]),
      partyId: settled("party"),
    }),
  },
} satisfies Record<string, ImportTable>;
