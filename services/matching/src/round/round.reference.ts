import type { Context } from "../context";
import type { Round } from "./round.type";

/** Reads through the visibility of rounds: a draft is no record for others than its officers. */
export const roundReference = (reference: { id: string }, context: Context): Promise<Round | null> => context.rounds.byId(reference.id);
