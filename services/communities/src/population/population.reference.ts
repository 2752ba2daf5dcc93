import type { Context } from "../context";
import type { PopulationSnapshot } from "./population.type";

/** Public: population figures of communities are published. */
export const populationReference = (reference: { id: string }, context: Context): Promise<PopulationSnapshot | null> =>
  context.populations.byId(reference.id);
