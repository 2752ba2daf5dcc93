import { shownBy } from "@gongjian/subgraph";
import type { Event } from "./event.type";

/** The events that the viewer may see, of those that suggestions and appointments name. */
export const visibleEvent = shownBy<Event>("events", "Event");
