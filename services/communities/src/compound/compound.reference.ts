import type { Context } from "../context";
import type { Compound } from "./compound.type";

/** Public: the register of compounds is public. */
export const compoundReference = (reference: { id: string }, context: Context): Promise<Compound | null> =>
  context.compounds.byId(reference.id);
