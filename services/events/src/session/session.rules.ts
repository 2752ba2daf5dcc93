import { checkNumber, checkPeriod, checkText, LARGEST_PAGE, type InputProblem } from "@gongjian/subgraph";
import { checkInstant } from "../event/event.rules";
import { checkPlace, MOST_PARTIES, TOO_MANY, type PlaceRow } from "../places";
import { checkKey } from "../text";

export interface SessionDraft {
  key: string;
  title: string;
  startsAt?: string | null;
  endsAt?: string | null;
  topic?: string | null;
  position?: number | null;
  source?: string | null;
}

/** The most sessions that one event has. As many as its agenda answers with, which is why it needs no pages. */
export const MOST_SESSIONS = LARGEST_PAGE;
export const LAST_POSITION = 10_000;

/** What is wrong with a session as given, apart from what is stored. */
export function checkSession(draft: SessionDraft): InputProblem[] {
  const problems = [
    ...checkKey("key", draft.key),
    ...checkText("title", draft.title, { least: 1, most: 200 }),
    ...checkInstant("startsAt", draft.startsAt),
    ...checkInstant("endsAt", draft.endsAt),
    ...checkPeriod("endsAt", draft.startsAt, draft.endsAt),
    ...checkText("topic", draft.topic, { most: 500 }),
    ...checkNumber("position", draft.position, { least: 1, most: LAST_POSITION }),
    ...checkText("source", draft.source, { most: 200 }),
  ];
  if (draft.endsAt && !draft.startsAt)
    problems.push({ field: "startsAt", code: "INCOMPLETE", message: "What has an end has a beginning." });
  return problems;
}

const outside = (field: string): InputProblem => ({ field, code: "OUTSIDE_EVENT", message: "The session lies outside the event's time." });

/** Whether the session lies within its event, both ends included. Instants compare as text: all are UTC with milliseconds. */
export function checkWithin(
  session: { startsAt?: string | null; endsAt?: string | null },
  event: { startsAt: string; endsAt: string },
): InputProblem[] {
  const fits = (instant: string | null | undefined) => !instant || (instant >= event.startsAt && instant <= event.endsAt);
  return [...(fits(session.startsAt) ? [] : [outside("startsAt")]), ...(fits(session.endsAt) ? [] : [outside("endsAt")])];
}

/** What is wrong with a session's whole list of participants. A party may be named twice: it may present two things. */
export function checkParticipants(participants: readonly (PlaceRow & { order: number; topic?: string | null })[]): InputProblem[] {
  if (participants.length > MOST_PARTIES) return [TOO_MANY("participants")];
  return participants.flatMap((participant, index) =>
    checkPlace(participant).map((problem) => ({ ...problem, field: `participants.${index}.${problem.field}` })),
  );
}
