import { checkText, checkTexts, type InputProblem } from "@gongjian/subgraph";

const CODE = /^[A-Za-z0-9._-]{1,64}$/u;

export interface RegionDraft {
  code: string;
  name: string;
  kind?: string | null;
  parentCode?: string | null;
  manages?: readonly string[] | null;
  source?: string | null;
}

/** What is wrong with a region as given, apart from what is stored. */
export function checkRegion(draft: RegionDraft): InputProblem[] {
  const problems = [
    ...checkText("name", draft.name, { least: 1, most: 100 }),
    ...checkText("source", draft.source, { most: 200 }),
    ...checkTexts("manages", draft.manages, { most: 64, mostItems: 500 }),
  ];
  if (!CODE.test(draft.code))
    problems.push({ field: "code", code: "MALFORMED", message: "A code has 1 to 64 letters, digits, dots, dashes or underscores." });
  if (draft.parentCode === draft.code) problems.push({ field: "parentCode", code: "CYCLE", message: "A region cannot contain itself." });
  if ((draft.manages?.length ?? 0) > 0 && draft.kind !== "ZONE")
    problems.push({ field: "manages", code: "NOT_A_ZONE", message: "Only a zone manages regions beside the tree." });
  if (draft.manages?.includes(draft.code)) problems.push({ field: "manages", code: "CYCLE", message: "A zone cannot manage itself." });
  return problems;
}
