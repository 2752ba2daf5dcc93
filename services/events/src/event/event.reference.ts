import type { Context } from "../context";
import type { Event } from "./event.type";

/** Published events are public; a draft is missing for those who may not see it. */
export const eventReference = (reference: { id: string }, context: Context): Promise<Event | null> => context.events.byId(reference.id);
