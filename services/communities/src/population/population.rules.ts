import { checkNumber, checkText, type InputProblem } from "@gongjian/subgraph";
import { ethnicGroup } from "./ethnic-groups";

export interface PopulationDraft {
  residents?: number | null;
  households?: number | null;
  compounds?: number | null;
  ethnicGroupCount?: number | null;
  ethnicGroups?: readonly { group: string; count?: number | null }[] | null;
  source?: string | null;
}

/** What is wrong with a population snapshot as given, apart from what is stored. */
export function checkPopulation(draft: PopulationDraft): InputProblem[] {
  const groups = draft.ethnicGroups ?? [];
  const codes = groups.map(({ group }) => ethnicGroup(group)?.code);
  const problems = [
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
  if (typeof draft.ethnicGroupCount === "number" && groups.length > draft.ethnicGroupCount) {
    problems.push({ field: "ethnicGroupCount", code: "OUT_OF_RANGE", message: "More groups are named than were counted." });
  }
  return problems;
}
