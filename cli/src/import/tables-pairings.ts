import { definition, from, inPath, named, pick, place, placeInput, text, texts, type ImportTable } from "./rows";

/** A party in a list: a community as it is, an organisation after `组织:`. A path of names before the last one says where it lies. */
function partyIn(item: string): { kind: "COMMUNITY" | "ORGANISATION"; text: string; within: string | null } {
  const organisation = /^(?:组织|組織|organi[sz]ation)[:：]\s*(.+)$/iu.exec(item.trim());
  if (organisation) return { kind: "ORGANISATION", text: organisation[1]!, within: null };
  return { kind: "COMMUNITY", ...inPath(item) };
}

const SIDES = ["sideA", "sideB"] as const;

/** Pairings, what went to and fro in them, and their lists of tasks. */
export const PAIRING_TABLES: Record<"pairings" | "exchanges" | "commitments", ImportTable> = {
  pairings: {
    definition: definition("pairings"),
    mutation: "importPairings",
    references: (row) => [
      ...SIDES.flatMap((side) => texts(row[side]).map((item) => ({ column: `${side}:${item}`, ...partyIn(item) }))),
      ...named("event", "EVENT", row["event"]),
    ],
    toInput: (row, settled) => ({
      ...pick(row, "key", "name", "kind", "fields", "signedOn", "endsOn", "illustrative", "source"),
      parties: SIDES.flatMap((side, index) =>
        texts(row[side]).map((item) => ({ side: index + 1, ...placeInput(partyIn(item).kind, settled(`${side}:${item}`)) })),
      ),
      ...from(row, "event", () => ({ eventId: settled("event") })),
    }),
  },
  exchanges: {
    definition: definition("exchanges"),
    mutation: "importPairingExchanges",
    references: (row) => [
      ...place("from", row["fromKind"], row["from"]),
      ...place("to", row["toKind"], row["to"]),
      ...named("event", "EVENT", row["event"]),
    ],
    toInput: (row, settled) => ({
      ...pick(row, "key", "kind", "onDate", "headCount", "note", "source"),
      pairingKey: text(row["pairing"]),
      from: placeInput(row["fromKind"], settled("from")),
      to: placeInput(row["toKind"], settled("to")),
      ...from(row, "event", () => ({ eventId: settled("event") })),
    }),
  },
  commitments: {
    definition: definition("commitments"),
    mutation: "importPairingCommitments",
    references: (row) => place("owner", row["ownerKind"], row["owner"]),
    toInput: (row, settled) => ({
      ...pick(row, "key", "title", "dueOn", "doneOn", "evidence", "illustrative", "source"),
      pairingKey: text(row["pairing"]),
      owner: placeInput(row["ownerKind"], settled("owner")),
    }),
  },
};
