import { checkText, type InputProblem } from "@gongjian/subgraph";

export interface PersonDraft {
  key?: string | null;
  name: string;
  source?: string | null;
}

/** What is wrong with a person as given, apart from what is stored. */
export const checkPerson = (draft: PersonDraft): InputProblem[] => [
  ...(draft.key === null || draft.key === undefined ? [] : checkText("key", draft.key, { least: 1, most: 100 })),
  ...checkText("name", draft.name, { least: 1, most: 100 }),
  ...checkText("source", draft.source, { most: 200 }),
];
