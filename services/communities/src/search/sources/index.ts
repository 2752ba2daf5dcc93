import { communitySource } from "./community.source";
import { organisationSource } from "./organisation.source";
import { facilitySource } from "./facility.source";
import { personSource } from "./person.source";
import { practiceSource } from "./practice.source";
import type { SearchSource } from "./source";
import { suggestionSource } from "./suggestion.source";

/** All that `search` looks through. A new concept adds its file here, its type to `SearchNode` and its kind to `SearchKind`. */
export const SEARCH_SOURCES: readonly SearchSource[] = [
  communitySource,
  organisationSource,
  personSource,
  practiceSource,
  facilitySource,
  suggestionSource,
];
