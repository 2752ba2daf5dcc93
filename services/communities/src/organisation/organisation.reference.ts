import type { Context } from "../context";
import type { Organisation } from "./organisation.type";

/** Public: the register of organisations is public. */
export const organisationReference = (reference: { id: string }, context: Context): Promise<Organisation | null> =>
  context.organisations.byId(reference.id);
