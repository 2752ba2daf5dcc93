import { fold } from "@gongjian/hantext";
import { checkNumber, checkText, type InputProblem } from "@gongjian/subgraph";

export interface HonourDraft {
  key?: string | null;
  title: string;
  year: number;
  awarderId?: string | null;
  awarderName?: string | null;
  source?: string | null;
}

/** By what a title is the same: in either script, without blanks. */
export const titleKeyOf = (title: string): string => fold(title).replaceAll(/\s/gu, "");

/** What is wrong with an honour as given, apart from what is stored. `thisYear`: nobody is honoured in a year to come. */
export function checkHonour(draft: HonourDraft, thisYear: number): InputProblem[] {
  const problems = [
    ...(draft.key == null ? [] : checkText("key", draft.key, { least: 1, most: 100 })),
    ...checkText("title", draft.title, { least: 1, most: 100 }),
    ...checkNumber("year", draft.year, { least: 1900, most: 2200 }),
    ...(draft.awarderName == null ? [] : checkText("awarderName", draft.awarderName, { least: 1, most: 100 })),
    ...checkText("source", draft.source, { most: 200 }),
  ];
  if (draft.year > thisYear && draft.year <= 2200)
    problems.push({ field: "year", code: "IN_FUTURE", message: "The year has not come yet." });
  if (Boolean(draft.awarderId) === (draft.awarderName != null))
    problems.push({ field: "awarderName", code: "EXACTLY_ONE", message: "Either an organisation awarded it or somebody named." });
  return problems;
}
