import { isUuid, shownBy } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { Event } from "./event.type";

/** The events that the viewer may see, of those that suggestions and appointments name. */
export const visibleEvent = shownBy<Event>("events", "Event");

/** The id of no event. */
const NO_EVENT = "00000000-0000-0000-0000-000000000000";

interface EventArgs {
  filter?: { eventId?: string | null } | null;
}

/**
 * Reads a list that may be narrowed to what is tied to an event: to one that is hidden from the viewer as to one that there is not, for what
 * is tied to a draft would tell of it. @throws PublicError PEER_UNAVAILABLE
 */
export function ofShownEvent<A extends EventArgs, R>(context: Context, args: A, read: (args: A) => Promise<R>): Promise<R> {
  const id = args.filter?.eventId;
  if (!isUuid(id)) return read(args);
  const hidden = { ...args, filter: { ...args.filter, eventId: NO_EVENT } };
  return context.load(visibleEvent, id.toLowerCase()).then((event) => read(event === null ? hidden : args));
}
