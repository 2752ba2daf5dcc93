import { checkText, type InputProblem } from "@gongjian/subgraph";
import { checkKey } from "../text";

export interface EventSeriesDraft {
  key: string;
  name: string;
  description?: string | null;
  source?: string | null;
}

/** What is wrong with a series as given, apart from what is stored. */
export const checkEventSeries = (draft: EventSeriesDraft): InputProblem[] => [
  ...checkKey("key", draft.key),
  ...checkText("name", draft.name, { least: 1, most: 200 }),
  ...checkText("description", draft.description, { most: 2000 }),
  ...checkText("source", draft.source, { most: 200 }),
];
