import type { ServiceRequestState } from "@gongjian/entities-communities";
import { checkNumber, checkPeriod, checkText, checkTexts, type InputProblem } from "@gongjian/subgraph";

export interface ServiceRequestDraft {
  side: string;
  topic?: string | null;
  title?: string | null;
  contactNote?: string | null;
  mode?: string | null;
  price?: number | null;
  currency?: string | null;
  units?: number | null;
  startsOn?: string | null;
  endsOn?: string | null;
  tags?: readonly string[] | null;
  organisationId?: string | null;
  source?: string | null;
}

/** What is wrong with a request as given, apart from what is stored. */
export function checkServiceRequest(draft: ServiceRequestDraft): InputProblem[] {
  return [
    ...(draft.topic ? [] : [{ field: "topic", code: "REQUIRED", message: "A value is required." }]),
    ...checkText("title", draft.title, { least: 1, most: 100 }),
    ...checkText("contactNote", draft.contactNote, { most: 500 }),
    ...checkNumber("price", draft.price, { least: 0, most: 1_000_000_000_000 }),
    ...(typeof draft.price === "number" && draft.mode !== "MARKET"
      ? [{ field: "price", code: "NOT_ALLOWED", message: "What is done for nothing has no price." }]
      : []),
    ...(draft.currency && !/^[A-Z]{3}$/u.test(draft.currency)
      ? [{ field: "currency", code: "MALFORMED", message: "A currency is three capital letters (ISO 4217)." }]
      : []),
    ...checkNumber("units", draft.units, { least: 1, most: 10_000 }),
    ...checkPeriod("endsOn", draft.startsOn, draft.endsOn),
    ...checkTexts("tags", draft.tags, { most: 60, mostItems: 20 }),
    ...(draft.side === "WISH" && draft.organisationId
      ? [{ field: "organisationId", code: "NOT_ALLOWED", message: "A household's wish is carried by its community." }]
      : []),
    ...checkText("source", draft.source, { most: 200 }),
  ];
}

/** The states that a request can go to; the database holds to the same. */
export const STEPS: Readonly<Record<ServiceRequestState, readonly ServiceRequestState[]>> = {
  OPEN: ["PASSING", "PASSED_ON", "DECLINED", "WITHDRAWN"],
  PASSING: ["OPEN", "PASSED_ON"],
  PASSED_ON: [],
  DECLINED: [],
  WITHDRAWN: [],
};
export const mayGo = (from: ServiceRequestState, to: ServiceRequestState): boolean => STEPS[from].includes(to);

/** The external key of the entry that a request becomes: the same on every try, so that a round holds it once. */
export const entryKey = (requestId: string): string => `service-request:${requestId}`;
