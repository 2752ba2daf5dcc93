import type { PairingState } from "@gongjian/entities-communities";
import { checkText, checkTexts, type InputProblem } from "@gongjian/subgraph";

/** Most parties of one pairing. */
export const MOST_PARTIES = 100;

/** After how many days without an exchange a pairing counts as asleep, where nobody says otherwise. */
export const DORMANT_AFTER_DAYS = 180;

const NEXT: Readonly<Record<PairingState, readonly PairingState[]>> = {
  PROPOSED: ["SIGNED", "ENDED"],
  SIGNED: ["ACTIVE", "DORMANT", "RENEWED", "ENDED"],
  ACTIVE: ["DORMANT", "RENEWED", "ENDED"],
  DORMANT: ["ACTIVE", "RENEWED", "ENDED"],
  RENEWED: [],
  ENDED: [],
};

/** Where a pairing can go from a state. */
export const nextStates = (state: PairingState): readonly PairingState[] => NEXT[state];

/** Whether commitments and exchanges can be entered: it is signed and not over. */
export const isHeld = (state: PairingState): boolean => ["SIGNED", "ACTIVE", "DORMANT"].includes(state);

interface Draft {
  name: string;
  fields?: readonly string[] | null;
  source?: string | null;
  endsOn?: string | null;
  signedOn?: string | null;
}

/** What is wrong with what a pairing says, apart from its parties. */
export function checkPairing({ name, fields, source, endsOn, signedOn }: Draft): InputProblem[] {
  const problems = [
    ...checkText("name", name, { least: 1, most: 200 }),
    ...checkTexts("fields", fields, { most: 50, mostItems: 20 }),
    ...checkText("source", source, { most: 100 }),
  ];
  if (signedOn && endsOn && endsOn < signedOn)
    problems.push({ field: "endsOn", code: "PERIOD_REVERSED", message: "The term ends before it begins." });
  return problems;
}

/** What is wrong with a choice of parties: too few, too many, one twice, a side that is none. `places` are those that were found. */
export function checkParties(places: readonly string[], sides: readonly (number | null | undefined)[]): InputProblem[] {
  const problems: InputProblem[] = [];
  if (places.length < 2) problems.push({ field: "parties", code: "TOO_FEW", message: "A pairing has two parties at least." });
  if (places.length > MOST_PARTIES)
    problems.push({ field: "parties", code: "TOO_MANY", message: `At most ${MOST_PARTIES} parties are allowed.` });
  if (new Set(places).size < places.length) problems.push({ field: "parties", code: "DUPLICATE_KEY", message: "A party is named once." });
  if (sides.some((side) => side != null && (side < 1 || side > 9)))
    problems.push({ field: "parties", code: "OUT_OF_RANGE", message: "A side is a number from 1 to 9." });
  return problems;
}

/** A visit of one party to another. Dates are `YYYY-MM-DD`. */
export interface Visit {
  fromId: string;
  toId: string;
  onDate: string;
}

export interface Owed {
  visitorId: string;
  hostId: string;
  made: number;
  returned: number;
  owed: number;
  waitingSince: string;
  waitingDays: number;
}

const DAY = 86_400_000;
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/**
 * Who owes whom a return visit. A visit is returned by a visit the other way round on the same day or later, the earliest first; each visit
 * returns one, and one that returns is owed nothing itself. The longest waiting comes first.
 */
export function owedVisits(visits: readonly Visit[], today: string): Owed[] {
  const pairs = new Map<string, Visit[]>();
  for (const visit of visits) {
    const pair = [visit.fromId, visit.toId].sort().join(" ");
    pairs.set(pair, [...(pairs.get(pair) ?? []), visit]);
  }
  const owed: Owed[] = [];
  for (const between of pairs.values()) {
    const inOrder = [...between].sort((a, b) => (a.onDate < b.onDate ? -1 : a.onDate > b.onDate ? 1 : a.fromId < b.fromId ? -1 : 1));
    const open: Visit[] = [];
    for (const visit of inOrder) {
      if (open[0] !== undefined && open[0].fromId !== visit.fromId) open.shift();
      else open.push(visit);
    }
    const [first] = open;
    if (!first) continue;
    const made = between.filter(({ fromId }) => fromId === first.fromId).length;
    owed.push({
      visitorId: first.fromId,
      hostId: first.toId,
      made,
      returned: made - open.length,
      owed: open.length,
      waitingSince: first.onDate,
      waitingDays: daysBetween(first.onDate, today),
    });
  }
  return owed.sort((a, b) => b.waitingDays - a.waitingDays || (a.visitorId + a.hostId < b.visitorId + b.hostId ? -1 : 1));
}
