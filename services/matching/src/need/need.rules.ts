import { checkNumber, checkPeriod, checkText, checkTexts, type InputProblem } from "@gongjian/subgraph";

/** 10^12 minor units: ten billion yuan, the most that the matching reckons with. */
export const MOST_MONEY = 1_000_000_000_000;
export const MOST_UNITS = 10_000;

export interface NeedDraft {
  key?: string | null;
  kind?: string | null;
  title?: string | null;
  description?: string | null;
  budgetMin?: number | null;
  budgetMax?: number | null;
  currency?: string | null;
  startsOn?: string | null;
  endsOn?: string | null;
  tags?: readonly string[] | null;
  requiredQualifications?: readonly string[] | null;
  beneficiaries?: number | null;
  quantity?: number | null;
  source?: string | null;
}

/** What is wrong with the external key of an entry. */
export const checkEntryKey = (key: string | null | undefined): InputProblem[] =>
  key === null || key === undefined ? [] : checkText("key", key, { least: 1, most: 100 });

/** ISO 4217: three capital letters. */
export const checkCurrency = (currency: string | null | undefined): InputProblem[] =>
  currency === null || currency === undefined || /^[A-Z]{3}$/u.test(currency)
    ? []
    : [{ field: "currency", code: "MALFORMED", message: "A currency is three capital letters (ISO 4217)." }];

/** What is wrong with a need as given, apart from what is stored. */
export function checkNeed(draft: NeedDraft): InputProblem[] {
  const { budgetMin, budgetMax } = draft;
  return [
    ...checkEntryKey(draft.key),
    ...(draft.kind ? [] : [{ field: "kind", code: "REQUIRED", message: "A value is required." }]),
    ...checkText("title", draft.title, { least: 1, most: 200 }),
    ...checkText("description", draft.description, { most: 4000 }),
    ...checkNumber("budgetMin", budgetMin, { least: 0, most: MOST_MONEY }),
    ...checkNumber("budgetMax", budgetMax, { least: 0, most: MOST_MONEY }),
    ...(typeof budgetMin === "number" && typeof budgetMax === "number" && budgetMax < budgetMin
      ? [{ field: "budgetMax", code: "RANGE_REVERSED", message: "The most is below the least." }]
      : []),
    ...checkCurrency(draft.currency),
    ...checkPeriod("endsOn", draft.startsOn, draft.endsOn),
    ...checkTexts("tags", draft.tags, { most: 60, mostItems: 50 }),
    ...checkTexts("requiredQualifications", draft.requiredQualifications, { most: 100, mostItems: 50 }),
    ...checkNumber("beneficiaries", draft.beneficiaries, { least: 0, most: 10_000_000 }),
    ...checkNumber("quantity", draft.quantity, { least: 1, most: MOST_UNITS }),
    ...checkText("source", draft.source, { most: 200 }),
  ];
}
