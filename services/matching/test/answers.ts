import { ask, type Answer } from "@gongjian/testing";
import type { Story, Who } from "./story";

/** Asks the subgraph that the story is about. */
export const asking =
  (story: Story) =>
  (who: Who, query: string, variables?: Record<string, unknown>, script: "zh-Hans" | "zh-Hant" | null = null): Promise<Answer> =>
    ask(story.endpoint, who, query, variables, script);

interface Refused {
  errors: readonly { extensions?: { code?: string; problems?: { field: string; code: string }[] } }[];
}

/** The code of the first error. */
export const codeOf = (answer: Refused): string | undefined => answer.errors[0]?.extensions?.code;

/** What is wrong with the input, `field CODE`, in order. */
export const problemsOf = (answer: Refused): string[] | undefined =>
  answer.errors[0]?.extensions?.problems?.map(({ field, code }) => `${field} ${code}`).sort();
