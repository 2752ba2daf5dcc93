import { definition, from, named, part, pick, place, placeInput, text, texts, type ImportTable } from "./rows";

/** Ways of working, who adopted them, and what places, bodies and they were honoured with. */
export const PRACTICE_TABLES = {
  practices: {
    definition: definition("practices"),
    mutation: "importPractices",
    references: (row) => [
      ...place("holder", row["holderKind"], row["holder"], row["within"]),
      ...texts(row["events"]).flatMap((event) => named("events", "EVENT", event)),
    ],
    toInput: (row, settled) => ({
      ...pick(row, "key", "name", "kind", "summary", "illustrative", "source"),
      holder: placeInput(row["holderKind"], settled("holder")),
      ...from(row, "parts", () => ({ parts: texts(row["parts"]).map(part) })),
      ...from(row, "events", () => ({ eventIds: texts(row["events"]).map((event) => settled("events", event)) })),
    }),
  },
  adoptions: {
    definition: definition("adoptions"),
    mutation: "importPracticeAdoptions",
    references: (row) => place("adopter", row["adopterKind"], row["adopter"], row["within"]),
    toInput: (row, settled) => ({
      ...pick(row, "key", "since", "endedOn", "illustrative", "source"),
      practiceKey: text(row["practice"]),
      adopter: placeInput(row["adopterKind"], settled("adopter")),
      ...from(row, "manner", () => ({ note: text(row["manner"]) })),
    }),
  },
  honours: {
    definition: definition("honours"),
    mutation: "importHonours",
    // a practice is named by its key, which the platform looks up itself
    references: (row) => (row["holderKind"] === "PRACTICE" ? [] : place("holder", row["holderKind"], row["holder"], row["within"])),
    toInput: (row, settled) => ({
      ...pick(row, "key", "title", "year", "level", "illustrative", "source"),
      holder: row["holderKind"] === "PRACTICE" ? { practiceKey: text(row["holder"]) } : placeInput(row["holderKind"], settled("holder")),
      ...from(row, "awarder", () => ({ awarderName: text(row["awarder"]) })),
    }),
  },
} satisfies Record<string, ImportTable>;
