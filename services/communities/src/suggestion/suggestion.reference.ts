import type { Context } from "../context";
import type { Suggestion } from "./suggestion.type";

/** What the viewer may not see is as if it were not there. */
export const suggestionReference = (reference: { id: string }, context: Context): Promise<Suggestion | null> =>
  context.suggestions.byId(reference.id);
