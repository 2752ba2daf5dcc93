import { shownBy } from "@gongjian/subgraph";
import type { Suggestion } from "./suggestion.type";

/** The suggestions that the viewer may see, of those that needs grew from. */
export const visibleSuggestion = shownBy<Suggestion>("communities", "Suggestion");
