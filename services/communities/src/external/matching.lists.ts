import { shownBy } from "@gongjian/subgraph";
import type { Need, Offer, Round } from "./matching.type";

/** What requests have become in matching, as far as the viewer may see it. */
export const visibleRound = shownBy<Round>("matching", "Round");
export const visibleNeed = shownBy<Need>("matching", "Need");
export const visibleOffer = shownBy<Offer>("matching", "Offer");
