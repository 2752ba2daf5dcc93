import type { Precision } from "@gongjian/entities-communities";
import { checkNumber, checkText, type InputProblem } from "@gongjian/subgraph";
import { ethnicGroup } from "./ethnic-groups";

export interface PopulationDraft {
  asOf: string;
  residents?: number | null;
  residentsPrecision?: Precision | null;
  households?: number | null;
  compounds?: number | null;
  ethnicGroupCount?: number | null;
  ethnicGroups?: readonly { group: string; count?: number | null }[] | null;
  source?: string | null;
}

/** What is wrong with a population snapshot as given on a day, apart from what is stored. */
export function checkPopulation(draft: PopulationDraft, today: string): InputProblem[] {
  const groups = draft.ethnicGroups ?? [];
  const codes = groups.map(({ group }) => ethnicGroup(group)?.code);
  const problems: InputProblem[] = [
    ...(draft.asOf > today ? [{ field: "asOf", code: "IN_FUTURE", message: "The day has not come yet." } as const] : []),
    ...checkNumber("residents", draft.residents, { least: 0, most: 10_000_000 }),
    ...checkNumber("households", draft.households, { least: 0, most: 10_000_000 }),
    ...checkNumber("compounds", draft.compounds, { least: 0, most: 10_000 }),
    ...checkNumber("ethnicGroupCount", draft.ethnicGroupCount, { least: 1, most: 56 }),
    ...checkText("source", draft.source, { most: 200 }),
    ...groups.flatMap((group, index) => checkNumber(`ethnicGroups.${index}.count`, group.count, { least: 0, most: 10_000_000 })),
  ];
  codes.forEach((code, index) => {
    if (code === undefined)
      problems.push({ field: `ethnicGroups.${index}.group`, code: "UNKNOWN_REFERENCE", message: "GB/T 3304 has no such group." });
    else if (codes.indexOf(code) < index)
      problems.push({ field: `ethnicGroups.${index}.group`, code: "DUPLICATE_KEY", message: "The group is named twice." });
  });
  const figures = [draft.residents, draft.households, draft.compounds, draft.ethnicGroupCount];
  if (groups.length === 0 && figures.every((figure) => figure === null || figure === undefined))
    problems.push({ field: "residents", code: "REQUIRED", message: "A snapshot has one figure at least." });
  const counted = groups.reduce((sum, { count }) => sum + Math.max(0, count ?? 0), 0);
  // people of a group may be more than an approximate number of residents, or than one that says "over"
  if (
    typeof draft.residents === "number" &&
    draft.residents >= 0 &&
    (draft.residentsPrecision ?? "EXACT") === "EXACT" &&
    counted > draft.residents
  )
    problems.push({ field: "ethnicGroups", code: "OUT_OF_RANGE", message: "The groups have more people than the community." });
  if (typeof draft.ethnicGroupCount === "number" && groups.length > draft.ethnicGroupCount) {
    problems.push({ field: "ethnicGroupCount", code: "OUT_OF_RANGE", message: "More groups are named than were counted." });
  }
  return problems;
}
