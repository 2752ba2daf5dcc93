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

interface Term {
  /** The day on which it is proposed; left out when it was signed already. */
  today?: string;
  /** The last day of the pairing that it carries on; null or left out: none, or until further notice. */
  renewedEndsOn?: string | null;
}

/** What is wrong with the last day of a term that is to begin; none (until further notice) is always right. Dates are `YYYY-MM-DD`. */
export function checkTerm(endsOn: string | null | undefined, { today, renewedEndsOn }: Term): InputProblem[] {
  if (!endsOn) return [];
  const problems: InputProblem[] = [];
  if (today && endsOn < today) problems.push({ field: "endsOn", code: "IN_PAST", message: "The term would be over before it is signed." });
  if (renewedEndsOn && endsOn < renewedEndsOn)
    problems.push({ field: "endsOn", code: "BEFORE_RENEWED", message: "A renewal does not end before what it carries on." });
  return problems;
}

type Dated = Pick<Draft, "endsOn" | "signedOn">;

/** What is wrong with a day of signing, for a pairing and for what it carries on, if anything. Dates are `YYYY-MM-DD`. */
export function checkSigning({ endsOn }: Dated, renewed: Dated | null, signedOn: string): InputProblem[] {
  const problems = checkTerm(endsOn, { renewedEndsOn: renewed?.endsOn ?? null });
  if (endsOn && endsOn < signedOn)
    problems.push({ field: "signedOn", code: "PERIOD_REVERSED", message: "The term would end before it begins." });
  if (renewed?.signedOn && signedOn < renewed.signedOn)
    problems.push({ field: "signedOn", code: "BEFORE_RENEWED", message: "A renewal is not signed before what it carries on." });
  return problems;
}

interface Terms {
  kind: string;
  fields: readonly string[];
  endsOn: string | null;
}

/** Whether parties would agree to something else: the kind, the fields of cooperation or the term. */
export const termsChanged = (before: Terms, after: Terms): boolean =>
  before.kind !== after.kind || before.endsOn !== after.endsOn || JSON.stringify(before.fields) !== JSON.stringify(after.fields);

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
