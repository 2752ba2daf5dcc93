import { visibleSuggestions } from "../../suggestion/suggestion.policy";
import type { Suggestion } from "../../suggestion/suggestion.type";
import { lyingWithin, type SearchSource } from "./source";

/** Suggestions that the viewer may see, by title and text. */
export const suggestionSource: SearchSource = {
  kind: "SUGGESTION",
  typename: "Suggestion",
  from: "suggestion s",
  id: "s.id",
  nameKey: "s.title_key",
  vector: "s.search_vector",
  visible: visibleSuggestions,
  within: (_viewer, code) => lyingWithin("s.region_code", code),
  topic: (topic) => ({ sql: "s.topic = ?", params: [topic] }),
  read: (context, id) => context.suggestions.byId(id),
  texts: ({ title, body }: Suggestion) => [title, body],
};
