import {
  communityScope,
  organisationScope,
  ownOr,
  SHOWN,
  those,
  type ConceptPermissions,
  type Hidden,
  type Place,
} from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";
import {
  canEscalate,
  canHandle,
  canImportSuggestion,
  canPassOn,
  canRaise,
  canTriage,
  seesHiddenSuggestion,
  type SuggestionScopes,
} from "./suggestion.policy";

/** A suggestion about the community, held by the organisation. */
function scopes({ regionScopeCodes, communityId, organisationId }: Place): SuggestionScopes {
  const regions = scopesOfRegion({ scopeCodes: regionScopeCodes });
  return { place: [communityScope(communityId), ...regions], assignee: [organisationScope(organisationId)], held: false };
}

const sees: Hidden = { policy: "seesHiddenSuggestion", sees: (viewer, place) => seesHiddenSuggestion(viewer, scopes(place)) };
const triage = those("canTriage", (viewer, place) => canTriage(viewer, scopes(place)));
const passOn = those("canPassOn", (viewer, place) => canPassOn(viewer, scopes(place)));
const handle = those("canHandle", (viewer, place) => canHandle(viewer, scopes(place)));
const raiser = ownOr("isRaiser", () => false);

export const suggestionPermissions: ConceptPermissions = {
  concept: "Suggestion",
  hidden: { "it is not published": sees, "it was taken back": sees },
  parts: [
    "SuggestionFate",
    "SearchCount",
    "SearchHit",
    "SimilarSuggestion",
    "SuggestionFigures",
    "SuggestionMonthRates",
    "SuggestionPlaceRates",
    "SuggestionRates",
    "SuggestionStep",
    "SuggestionTopicRates",
  ],
  operations: {
    suggestion: SHOWN,
    suggestionByKey: SHOWN,
    suggestions: SHOWN,
    search: SHOWN,
    similarSuggestions: SHOWN,
    suggestionFigures: those("public", () => true),
    raiseSuggestion: [
      those("canRaise", (viewer, place) => canRaise(viewer, scopes(place).place, {}, []), "as a person"),
      those(
        "canRaise",
        (viewer, place) => canRaise(viewer, scopes(place).place, { communityId: place.communityId }, scopes(place).place),
        "in the community's name",
      ),
      those(
        "canRaise",
        (viewer, place) => canRaise(viewer, scopes(place).place, { organisationId: place.organisationId }, scopes(place).assignee),
        "in the organisation's name",
      ),
    ],
    assignSuggestion: passOn,
    mergeSuggestion: passOn,
    separateSuggestion: triage,
    publishSuggestion: triage,
    escalateSuggestion: those("canEscalate", (viewer, place) => canEscalate(viewer, scopes(place), false, false)),
    answerSuggestion: handle,
    completeSuggestion: handle,
    acceptSuggestion: raiser,
    reopenSuggestion: raiser,
    withdrawSuggestion: raiser,
    importSuggestions: those("canImportSuggestion", (viewer, place) => canImportSuggestion(viewer, scopes(place).place)),
  },
};
