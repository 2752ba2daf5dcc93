import { fold } from "@gongjian/hantext";
import { checkNumber, checkText, type InputProblem } from "@gongjian/subgraph";

export interface CompoundDraft {
  name: string;
  households?: number | null;
  builtYear?: number | null;
  managerId?: string | null;
  managerName?: string | null;
  source?: string | null;
}

/** By what a compound is the same within its community: its name, in either script, without blanks. */
export const compoundNameKey = (name: string): string => fold(name).replaceAll(/\s/gu, "");

/** What is wrong with a compound as given, apart from what is stored. */
export function checkCompound(draft: CompoundDraft): InputProblem[] {
  const problems = [
    ...checkText("name", draft.name, { least: 1, most: 100 }),
    ...checkNumber("households", draft.households, { least: 0, most: 1_000_000 }),
    ...checkNumber("builtYear", draft.builtYear, { least: 1000, most: 2200 }),
    ...(draft.managerName == null ? [] : checkText("managerName", draft.managerName, { least: 1, most: 100 })),
    ...checkText("source", draft.source, { most: 200 }),
  ];
  if (draft.managerId && draft.managerName)
    problems.push({ field: "managerName", code: "EXACTLY_ONE", message: "Either an organisation manages it or somebody named, not both." });
  return problems;
}
