import { type AssignmentInstance, compileInstance } from "./instance";
import type { AssignmentSolution } from "./solve";

/**
 * Takes the parsed JSON of a solver file, `{"left":[{"id","capacity"}],"right":[{"id","capacity"}],"edges":[[leftId,rightId,score,limit?]]}`.
 * Ids stay as given. Fields that the format does not know are ignored.
 *
 * @throws AssignmentInputError with the code and the path of the first thing that is wrong
 */
export function parseSolveFile(json: unknown): AssignmentInstance {
  compileInstance(json);
  const { left, right, edges } = json as AssignmentInstance;
  return { left, right, edges };
}

/** One line of JSON: `{"pairs":[[leftId,rightId,units]],"value":…,"prices":{"left":[[id,price]],"right":[[id,price]]}}`. */
export function formatSolution({ pairs, value, prices }: AssignmentSolution): string {
  return JSON.stringify({ pairs, value, prices });
}
