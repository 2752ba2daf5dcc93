import { missingEntities, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";

interface Grown {
  originSuggestionId?: string | null;
}

/**
 * Asks communities, as the writer, which of the suggestions that needs grew from there are, once for all: one that the writer may not see is as
 * good as none. @throws PublicError PEER_UNAVAILABLE
 */
export async function unknownOrigins(context: Context, needs: readonly Grown[]): Promise<(need: Grown) => InputProblem[]> {
  const named = needs.flatMap(({ originSuggestionId }) => originSuggestionId ?? []);
  const missing = await missingEntities(context, "communities", "Suggestion", named, context.viewer);
  return ({ originSuggestionId: id }) =>
    typeof id === "string" && missing.has(id)
      ? [{ field: "originSuggestionId", code: "UNKNOWN_REFERENCE", message: "There is no such suggestion that you may see." }]
      : [];
}
