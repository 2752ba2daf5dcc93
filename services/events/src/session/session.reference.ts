import type { Context } from "../context";
import type { Session } from "./session.type";

/** As visible as its event. */
export const sessionReference = (reference: { id: string }, context: Context): Promise<Session | null> =>
  context.sessions.byId(reference.id);
