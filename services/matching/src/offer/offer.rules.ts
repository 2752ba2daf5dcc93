import { checkNumber, checkPeriod, checkText, checkTexts, type InputProblem } from "@gongjian/subgraph";
import { checkCurrency, checkEntryKey, MOST_MONEY, MOST_UNITS } from "../need/need.rules";

export interface OfferDraft {
  key?: string | null;
  kinds?: readonly string[] | null;
  title?: string | null;
  description?: string | null;
  capabilities?: readonly string[] | null;
  price?: number | null;
  currency?: string | null;
  capacity?: number | null;
  coverage?: readonly string[] | null;
  availableFrom?: string | null;
  availableTo?: string | null;
  qualifications?: readonly string[] | null;
  cases?: readonly string[] | null;
  source?: string | null;
}

/** What is wrong with an offer as given, apart from what is stored. */
export function checkOffer(draft: OfferDraft): InputProblem[] {
  return [
    ...checkEntryKey(draft.key),
    ...(draft.kinds && draft.kinds.length > 0 ? [] : [{ field: "kinds", code: "REQUIRED", message: "At least one kind is required." }]),
    ...checkText("title", draft.title, { least: 1, most: 200 }),
    ...checkText("description", draft.description, { most: 4000 }),
    ...checkTexts("capabilities", draft.capabilities, { most: 60, mostItems: 100 }),
    ...checkNumber("price", draft.price, { least: 0, most: MOST_MONEY }),
    ...checkCurrency(draft.currency),
    ...checkNumber("capacity", draft.capacity, { least: 1, most: MOST_UNITS }),
    ...checkTexts("coverage", draft.coverage, { most: 64, mostItems: 500 }),
    ...checkPeriod("availableTo", draft.availableFrom, draft.availableTo),
    ...checkTexts("qualifications", draft.qualifications, { most: 100, mostItems: 100 }),
    ...checkTexts("cases", draft.cases, { most: 200, mostItems: 50 }),
    ...checkText("source", draft.source, { most: 200 }),
  ];
}
