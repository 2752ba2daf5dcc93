import type { Context } from "../context";
import type { Facility } from "./facility.type";

/** Public: the register of facilities is public. */
export const facilityReference = (reference: { id: string }, context: Context): Promise<Facility | null> =>
  context.facilities.byId(reference.id);
