import type { Context } from "../context";
import type { EventSeries } from "./series.type";

/** Public: event series are public. */
export const seriesReference = (reference: { id: string }, context: Context): Promise<EventSeries | null> =>
  context.series.byId(reference.id);
