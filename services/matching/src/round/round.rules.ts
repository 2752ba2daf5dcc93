import { CRITERIA, DEFAULT_WEIGHTS, WEIGHT_TOTAL, type Weights } from "@gongjian/assignment";
import { ROUND_STATES, type RoundState } from "@gongjian/entities-matching";
import { checkNumber, checkText, type InputProblem } from "@gongjian/subgraph";

/** The state after this one; null at the end. */
export const nextState = (state: RoundState): RoundState | null => ROUND_STATES[ROUND_STATES.indexOf(state) + 1] ?? null;

/** States in which entries may be written: before publication, and corrected until the list is closed for matching. */
export const ENTRY_STATES: readonly RoundState[] = ["DRAFT", "COLLECTING", "PUBLISHED"];
/** States in which the matching may be run. */
export const MATCHABLE_STATES: readonly RoundState[] = ["PUBLISHED", "MATCHING", "NEGOTIATING"];
/** States in which matches may be proposed, answered and signed. */
export const NEGOTIABLE_STATES: readonly RoundState[] = ["NEGOTIATING"];
/** States in which signed matches may be fulfilled. */
export const EXECUTABLE_STATES: readonly RoundState[] = ["EXECUTING"];

/** What a guard looks at. */
export interface RoundFigures {
  needs: number;
  offers: number;
  matched: boolean;
  suggested: number;
  proposed: number;
  accepted: number;
  signed: number;
  fulfilled: number;
}

export interface GuardReason {
  code: string;
  message: string;
}

const NO_NEEDS = { code: "NO_NEEDS", message: "The list has no open need yet." };
const NO_OFFERS = { code: "NO_OFFERS", message: "The list has no open offer yet." };
const NOT_MATCHED = { code: "NOT_MATCHED", message: "The round has not been matched since its list was last changed." };
const UNSETTLED = { code: "MATCHES_UNSETTLED", message: "Some proposed or accepted matches are neither signed nor declined." };
const NOTHING_SIGNED = { code: "NOTHING_SIGNED", message: "No match has been signed." };
const UNFULFILLED = { code: "MATCHES_UNFULFILLED", message: "Some signed matches have not been fulfilled." };

/** What still stands in the way of a step; empty when it may be taken. */
export function guards(to: RoundState, figures: RoundFigures): GuardReason[] {
  switch (to) {
    case "PUBLISHED":
    case "MATCHING":
      return [...(figures.needs === 0 ? [NO_NEEDS] : []), ...(figures.offers === 0 ? [NO_OFFERS] : [])];
    case "NEGOTIATING":
      return figures.matched ? [] : [NOT_MATCHED];
    case "SIGNED":
      return [...(figures.proposed + figures.accepted > 0 ? [UNSETTLED] : []), ...(figures.signed === 0 ? [NOTHING_SIGNED] : [])];
    case "EVALUATED":
      return figures.signed > 0 ? [UNFULFILLED] : [];
    default:
      return [];
  }
}

export interface RoundDraft {
  key?: string | null;
  title: string;
  year: number;
  source?: string | null;
  weights?: readonly { criterion: string; weight: number }[] | null;
}

/** What is wrong with a round as given, apart from what is stored. */
export function checkRound(draft: RoundDraft): InputProblem[] {
  return [
    ...checkText("title", draft.title, { least: 1, most: 200 }),
    ...(draft.key === null || draft.key === undefined ? [] : checkText("key", draft.key, { least: 1, most: 100 })),
    ...checkText("source", draft.source, { most: 200 }),
    ...checkNumber("year", draft.year, { least: 1949, most: 2200 }),
    ...(draft.weights ? checkWeightList(draft.weights) : []),
  ];
}

function checkWeightList(weights: readonly { criterion: string; weight: number }[]): InputProblem[] {
  const given = new Map(weights.map(({ criterion, weight }) => [criterion, weight]));
  const complete = weights.length === CRITERIA.length && CRITERIA.every((criterion) => given.has(criterion));
  if (!complete) return [{ field: "weights", code: "INCOMPLETE", message: "Each of the six criteria is given once." }];
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  if (weights.some(({ weight }) => weight < 0) || sum !== WEIGHT_TOTAL)
    return [{ field: "weights", code: "OUT_OF_RANGE", message: "Weights are not negative and add up to 1,000." }];
  return [];
}

/** The weights as the solver takes them; the platform's where the round has none. */
export const weightsOf = (stored: Record<string, number> | null): Weights =>
  stored === null ? DEFAULT_WEIGHTS : (stored as unknown as Weights);
