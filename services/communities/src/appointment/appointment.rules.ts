import { type AppointmentRole, PRIVATE_ROLES, SINGLE_HOLDER_ROLES } from "@gongjian/entities-communities";
import { checkText, checkTexts, type InputProblem } from "@gongjian/subgraph";
import { spanOf } from "./partial-date";

export type AppointmentStatus = "UPCOMING" | "CURRENT" | "ATTESTED" | "EXPIRED" | "REVOKED";

/** When an appointment holds, as it is stored: `YYYY-MM-DD` or null. */
export interface Term {
  startsFirst: string | null;
  startsLast: string | null;
  endsFirst: string | null;
  endsLast: string | null;
  attestedOn: string | null;
  revokedOn: string | null;
}

/** Whether a place has one holder of the role at a time. */
export const hasSingleHolder = (role: AppointmentRole): boolean => (SINGLE_HOLDER_ROLES as readonly string[]).includes(role);
/** Whether the role is a public one; others are never published. */
export const isPublicRole = (role: AppointmentRole): boolean => !(PRIVATE_ROLES as readonly string[]).includes(role);

const FAR = "9999-12-31";
const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
const least = (...days: (string | null)[]): string => days.reduce<string>((low, day) => (day !== null && day < low ? day : low), FAR);

/** The first and the last day on which it was held for certain, as the database reckons (`certain_term`); null when no day is certain. */
export function certainTerm(term: Term): [from: string, to: string] | null {
  const from = term.startsLast ?? term.attestedOn!;
  const to = least(term.endsFirst, term.revokedOn && dayBefore(term.revokedOn), term.startsLast === null ? term.attestedOn : null);
  return to < from ? null : [from, to];
}

/** Whether both were held for certain on one day. */
export function overlap(a: Term, b: Term): boolean {
  const [one, other] = [certainTerm(a), certainTerm(b)];
  return one !== null && other !== null && one[0] <= other[1] && other[0] <= one[1];
}

/** How it stands on a day. One of which only a day in its midst is known counts as held on that day alone. */
export function statusOn(term: Term, day: string): AppointmentStatus {
  if (term.revokedOn !== null && term.revokedOn <= day) return "REVOKED";
  if ((term.startsFirst ?? term.attestedOn!) > day) return "UPCOMING";
  if (term.endsLast !== null) return term.endsLast < day ? "EXPIRED" : "CURRENT";
  return term.startsFirst === null && term.attestedOn! < day ? "ATTESTED" : "CURRENT";
}

export interface AppointmentDraft {
  role: AppointmentRole;
  startsOn?: string | null;
  endsOn?: string | null;
  attestedOn?: string | null;
  capacity?: string | null;
  expertise?: readonly string[] | null;
  published?: boolean | null;
  source?: string | null;
  /** Whether the place is a community. */
  atCommunity: boolean;
}

/** The dates of a term as they are stored. */
export function termOf({
  startsOn,
  endsOn,
  attestedOn,
}: Pick<AppointmentDraft, "startsOn" | "endsOn" | "attestedOn">): Omit<Term, "revokedOn"> {
  const [starts, ends] = [startsOn, endsOn].map((text) => (text ? spanOf(text) : null));
  return {
    startsFirst: starts?.first ?? null,
    startsLast: starts?.last ?? null,
    endsFirst: ends?.first ?? null,
    endsLast: ends?.last ?? null,
    attestedOn: attestedOn ?? null,
  };
}

/** What is wrong with an appointment as given, apart from what is stored. */
export function checkAppointment(draft: AppointmentDraft): InputProblem[] {
  const problems = [
    ...checkText("capacity", draft.capacity, { most: 100 }),
    ...checkTexts("expertise", draft.expertise, { most: 50, mostItems: 20 }),
    ...checkText("source", draft.source, { most: 200 }),
  ];
  const { startsFirst, endsLast, attestedOn } = termOf(draft);
  if (startsFirst === null && attestedOn === null)
    problems.push({ field: "startsOn", code: "REQUIRED", message: "Say when it begins, or a day on which it is known to be held." });
  if (startsFirst !== null && endsLast !== null && endsLast < startsFirst)
    problems.push({ field: "endsOn", code: "PERIOD_REVERSED", message: "The period ends before it begins." });
  if (attestedOn !== null && ((startsFirst !== null && attestedOn < startsFirst) || (endsLast !== null && attestedOn > endsLast)))
    problems.push({ field: "attestedOn", code: "OUT_OF_RANGE", message: "The day lies outside the term." });
  if (draft.role === "LI_CHIEF" && !draft.atCommunity)
    problems.push({ field: "role", code: "NOT_ALLOWED", message: "A li chief holds office in a li." });
  if (draft.published === true && !isPublicRole(draft.role))
    problems.push({ field: "published", code: "NOT_ALLOWED", message: "What somebody does in a team of neighbours is not published." });
  return problems;
}
