import type { Context } from "../context";
import type { Organiser } from "./organiser.type";

/** As visible as its event. */
export const organiserReference = (reference: { id: string }, context: Context): Promise<Organiser | null> =>
  context.organisers.byId(reference.id);
