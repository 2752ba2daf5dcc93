import type { SuggestionAction, SuggestionDecision, SuggestionState, SuggestionUrgency } from "@gongjian/entities-communities";
import { checkPeriod, checkText, type InputProblem } from "@gongjian/subgraph";

/** Working days within which a suggestion is passed to whoever has to answer it. */
export const TRIAGE_DAYS = 2;
/** Working days from the day it was raised (or sent back) within which it is answered. */
export const ANSWER_DAYS: Record<SuggestionUrgency, number> = { URGENT: 1, NORMAL: 7, COMPLEX: 15 };
/** Ratings from here on count as content, of 1 to 5. */
export const SATISFIED_FROM = 4;
/** A promise lies at most so many days after the answer. */
export const MOST_PROMISE_DAYS = 1_100;

/** From which states each action may be taken. The database's trigger knows the same ways. */
export const ALLOWED_FROM: Record<SuggestionAction, readonly SuggestionState[]> = {
  RAISE: [],
  ASSIGN: ["RAISED", "ASSIGNED", "ANSWERED"],
  ESCALATE: ["RAISED", "ASSIGNED", "ANSWERED"],
  ANSWER: ["ASSIGNED"],
  COMPLETE: ["ANSWERED"],
  ACCEPT: ["DONE"],
  REOPEN: ["DONE"],
  SEPARATE: ["MERGED"],
  // the calendar of official days has changed: its terms move with it
  RECKON: ["RAISED", "ASSIGNED"],
  MERGE: ["RAISED", "ASSIGNED", "ANSWERED"],
  WITHDRAW: ["RAISED", "ASSIGNED"],
  PUBLISH: ["RAISED", "ASSIGNED", "ANSWERED", "DONE", "ACCEPTED", "MERGED"],
  HIDE: ["RAISED", "ASSIGNED", "ANSWERED", "DONE", "ACCEPTED", "MERGED", "WITHDRAWN"],
};

/** What stands in one of these can carry another on: its answer is still to come, or its promise to be kept. */
export const OPEN: readonly SuggestionState[] = ["RAISED", "ASSIGNED", "ANSWERED"];

/** The state after an action. An answer that only explains ends the work at once: what is left is the verdict. */
export function stateAfter(action: SuggestionAction, state: SuggestionState, decision?: SuggestionDecision | null): SuggestionState {
  switch (action) {
    case "RAISE":
    case "SEPARATE":
      return "RAISED";
    case "ASSIGN":
    case "ESCALATE":
    case "REOPEN":
      return "ASSIGNED";
    case "ANSWER":
      return decision === "EXPLAINED" ? "DONE" : "ANSWERED";
    case "COMPLETE":
      return "DONE";
    case "ACCEPT":
      return "ACCEPTED";
    case "MERGE":
      return "MERGED";
    case "WITHDRAW":
      return "WITHDRAWN";
    default:
      return state;
  }
}

export const mayTake = (action: SuggestionAction, state: SuggestionState): boolean => ALLOWED_FROM[action].includes(state);

/** The actions that a state allows, whoever asks. Terms are reckoned anew by the calendar's keepers alone, for all at once. */
export const actionsIn = (state: SuggestionState): SuggestionAction[] =>
  (Object.keys(ALLOWED_FROM) as SuggestionAction[]).filter((action) => action !== "RECKON" && mayTake(action, state));

export interface SuggestionDraft {
  key?: string | null;
  title: string;
  body: string;
  source?: string | null;
}

/** What is wrong with a suggestion as given, apart from what is stored. */
export const checkSuggestion = (draft: SuggestionDraft): InputProblem[] => [
  ...checkText("title", draft.title, { least: 1, most: 100 }),
  ...checkText("body", draft.body, { least: 1, most: 4_000 }),
  ...(draft.key === null || draft.key === undefined ? [] : checkText("key", draft.key, { least: 1, most: 100 })),
  ...checkText("source", draft.source, { most: 200 }),
];

export interface AnswerDraft {
  decision: SuggestionDecision;
  text: string;
  promisedOn?: string | null;
}

/** What is wrong with an answer given on a day: what will be done needs a date by which, an explanation needs none. */
export function checkAnswer(answer: AnswerDraft, today: string, latest: string): InputProblem[] {
  const problems = checkText("text", answer.text, { least: 1, most: 4_000 });
  const promised = answer.promisedOn ?? null;
  if (answer.decision === "WILL_DO" && promised === null)
    problems.push({ field: "promisedOn", code: "REQUIRED", message: "What will be done needs a date by which." });
  if (answer.decision === "EXPLAINED" && promised !== null)
    problems.push({ field: "promisedOn", code: "NOT_ALLOWED", message: "An explanation promises nothing." });
  if (promised !== null) {
    problems.push(...checkPeriod("promisedOn", today, promised));
    if (promised > latest)
      problems.push({ field: "promisedOn", code: "OUT_OF_RANGE", message: "A promise lies at most three years ahead." });
  }
  return problems;
}

/** A rate of 0 to 1 in thousandths; null when there is nothing to take it of. */
export const rate = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((1_000 * part) / whole) / 1_000);
