import { defineLoader, missingEntities } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { Event } from "./event.type";

/**
 * The events that the viewer may see, of those that a record names: a draft is as good as none, and whether one is a draft only events
 * knows. A stub made without asking would give its id away. @throws PublicError PEER_UNAVAILABLE
 */
export const visibleEvent = defineLoader<Context, string, Event | null>(async (context, ids) => {
  const missing = await missingEntities(context, "events", "Event", ids, context.viewer);
  return ids.map((id) => (missing.has(id) ? null : ({ __typename: "Event", id } as Event)));
});
