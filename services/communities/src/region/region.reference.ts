import type { Context } from "../context";
import type { Region } from "./region.type";

/** Public: the register of regions is public. */
export const regionReference = (reference: { code: string }, context: Context): Promise<Region | null> =>
  context.regions.byCode(reference.code);
