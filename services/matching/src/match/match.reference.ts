import type { Context } from "../context";
import type { Match } from "./match.type";

/** Reads through the visibility of matches. */
export const matchReference = (reference: { id: string }, context: Context): Promise<Match | null> => context.matches.byId(reference.id);
