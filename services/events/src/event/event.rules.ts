import type { EventState } from "@gongjian/entities-events";
import { checkNumber, checkPeriod, checkText, type InputProblem } from "@gongjian/subgraph";
import { checkKey, isAbsent } from "../text";

export interface EventDraft {
  key: string;
  edition?: number | null;
  name: string;
  theme?: string | null;
  startsAt: string;
  endsAt: string;
  timeZone: string;
  place?: string | null;
  visitors?: number | null;
  source?: string | null;
}

/** Region/City as the IANA data base writes it: Intl alone would also take other capitals and bare offsets. */
const ZONE_FORM = /^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*)*$/u;

/** Whether the text names a time zone of the IANA data base that this server knows. */
export function isTimeZone(text: string): boolean {
  if (!ZONE_FORM.test(text)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** Instants of the years 1900 to 2199: beyond them lies a slip of the pen, and at the far end no four-digit year. */
const INSTANT = /^(?:19|20|21)\d\d-/u;

export const checkInstant = (field: string, instant: string | null | undefined): InputProblem[] =>
  isAbsent(instant) || INSTANT.test(instant) ? [] : [{ field, code: "OUT_OF_RANGE", message: "The year must be between 1900 and 2199." }];

/** What is wrong with an event as given, apart from what is stored. `hasSeries`: whether it is given a series. */
export function checkEvent(draft: EventDraft, hasSeries: boolean): InputProblem[] {
  const problems = [
    ...checkKey("key", draft.key),
    ...checkNumber("edition", draft.edition, { least: 1, most: 10_000 }),
    ...checkText("name", draft.name, { least: 1, most: 200 }),
    ...checkText("theme", draft.theme, { most: 500 }),
    ...checkInstant("startsAt", draft.startsAt),
    ...checkInstant("endsAt", draft.endsAt),
    ...checkPeriod("endsAt", draft.startsAt, draft.endsAt),
    ...checkText("place", draft.place, { most: 200 }),
    ...checkNumber("visitors", draft.visitors, { least: 0, most: 10_000_000 }),
    ...checkText("source", draft.source, { most: 200 }),
  ];
  if (!isTimeZone(draft.timeZone)) problems.push({ field: "timeZone", code: "MALFORMED", message: "There is no such IANA time zone." });
  if (!isAbsent(draft.edition) && !hasSeries)
    problems.push({ field: "edition", code: "INCOMPLETE", message: "Only an event of a series has an edition." });
  return problems;
}

/** When the first timed session begins and the last one ends. */
export interface SessionSpan {
  first: string | null;
  last: string | null;
}

/** Whether the event still holds its sessions. Instants compare as text: all are UTC with milliseconds. */
export const checkHolds = (event: { startsAt: string; endsAt: string }, sessions: SessionSpan): InputProblem[] => [
  ...(sessions.first !== null && sessions.first < event.startsAt
    ? [{ field: "startsAt", code: "SESSION_OUTSIDE", message: "A session begins before the event." }]
    : []),
  ...(sessions.last !== null && sessions.last > event.endsAt
    ? [{ field: "endsAt", code: "SESSION_OUTSIDE", message: "A session ends after the event." }]
    : []),
];

/** DRAFT → PUBLISHED → CANCELLED. A draft was never announced, so there is nothing to cancel, and nothing becomes a draft again. */
const STEPS: Record<"publish" | "cancel", { from: EventState; to: EventState }> = {
  publish: { from: "DRAFT", to: "PUBLISHED" },
  cancel: { from: "PUBLISHED", to: "CANCELLED" },
};
export type EventStep = keyof typeof STEPS;

/** The state after a step; null where the step does not start from this state. */
export const nextState = (step: EventStep, state: EventState): EventState | null => (STEPS[step].from === state ? STEPS[step].to : null);

/** The state after an import: it publishes unless told otherwise, and takes back nothing. */
export const importedState = (published: boolean | null | undefined, existing: EventState | null): EventState => {
  if (existing !== null && existing !== "DRAFT") return existing;
  return published === false ? "DRAFT" : "PUBLISHED";
};
