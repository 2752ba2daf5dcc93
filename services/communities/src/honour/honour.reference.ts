import type { Context } from "../context";
import type { Honour } from "./honour.type";

/** Public: honours are awarded in public. */
export const honourReference = (reference: { id: string }, context: Context): Promise<Honour | null> => context.honours.byId(reference.id);
