import { addWorkingDays, type Exceptions } from "../calendar/calendar.rules";
import type { FoundPlace } from "../place/place";
import type { SuggestionScopes } from "./suggestion.policy";
import { ANSWER_DAYS, TRIAGE_DAYS } from "./suggestion.rules";
import type { Changes } from "./suggestion.store";
import type { Suggestion } from "./suggestion.type";

/** What a step is decided on. */
export interface Standing {
  suggestion: Suggestion;
  scopes: SuggestionScopes;
  today: string;
  days: Exceptions;
}

const NOBODY: Changes = { assigneeRegionCode: null, assigneeCommunityId: null, assigneeOrganisationId: null };

/** A suggestion that another carried on is nobody's, and has a new term to be passed on. */
export const raisedAgain = (today: string, days: Exceptions): Changes => ({
  ...NOBODY,
  state: "RAISED",
  mergedInto: null,
  dueOn: addWorkingDays(today, TRIAGE_DAYS, days),
});

export const holder = ({
  regionCode,
  communityId,
  organisationId,
}: Pick<FoundPlace, "regionCode" | "communityId" | "organisationId">): Changes => ({
  assigneeRegionCode: communityId === null && organisationId === null ? regionCode : null,
  assigneeCommunityId: communityId,
  assigneeOrganisationId: organisationId,
});

/** Passing it on buys no time: the first answer is due as it was, and so is what was promised, or asked for anew. */
export const passedOn = (standing: Standing, urgency: Suggestion["urgency"]): Changes =>
  standing.suggestion.firstAnsweredOn === null ? deadline(standing, urgency) : {};

/** By when the answer is due: the first one counts from the day it was raised, whoever holds it; one that is asked for anew from today. */
export function deadline({ suggestion, today, days }: Standing, urgency: Suggestion["urgency"]): Changes {
  if (suggestion.firstAnsweredOn !== null) return { dueOn: addWorkingDays(today, ANSWER_DAYS[urgency], days) };
  const answerDueOn = addWorkingDays(suggestion.raisedOn, ANSWER_DAYS[urgency], days);
  return { answerDueOn, dueOn: answerDueOn };
}
