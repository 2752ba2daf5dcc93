import type { InputProblem } from "@gongjian/subgraph";

/** Where somebody adopts a practice, or holds one. */
interface Party {
  communityId: string | null;
  organisationId: string | null;
}

/** Days on which an adoption holds; on the last one no longer, so that one may begin where another ends. */
export interface AdoptionTerm {
  since: string;
  endedOn: string | null;
}

export const IN_FUTURE = (field: string): InputProblem => ({ field, code: "IN_FUTURE", message: "The day has not come yet." });

/** What is wrong with who adopts what, and since when. */
export function checkAdoption(practice: Party, adopter: Party, since: string, today: string): InputProblem[] {
  const own =
    (adopter.communityId !== null && adopter.communityId === practice.communityId) ||
    (adopter.organisationId !== null && adopter.organisationId === practice.organisationId);
  return [
    ...(own ? [{ field: "practiceId", code: "SAME_RECORD", message: "A practice is adopted by others than its holder." }] : []),
    ...(since > today ? [IN_FUTURE("since")] : []),
  ];
}

/** What is wrong with the last day of an adoption. */
export function checkEnd({ since, endedOn }: AdoptionTerm, today: string): InputProblem[] {
  if (endedOn === null) return [];
  if (endedOn > today) return [IN_FUTURE("endedOn")];
  return endedOn < since ? [{ field: "endedOn", code: "PERIOD_REVERSED", message: "The period ends before it begins." }] : [];
}

/** Whether two adoptions of one practice by one adopter hold at the same time. */
export const overlap = (a: AdoptionTerm, b: AdoptionTerm): boolean =>
  (b.endedOn === null || a.since < b.endedOn) && (a.endedOn === null || b.since < a.endedOn);
