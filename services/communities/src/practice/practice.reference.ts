import type { Context } from "../context";
import type { Practice } from "./practice.type";

/** Public: practices are presented for others to adopt. */
export const practiceReference = (reference: { id: string }, context: Context): Promise<Practice | null> =>
  context.practices.byId(reference.id);
