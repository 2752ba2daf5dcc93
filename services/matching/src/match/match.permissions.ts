import { MATCH_STATES } from "@gongjian/entities-matching";
import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { seesDeclinedMatch, seesHiddenRound } from "../visibility";
import { canMoveMatch } from "./match.policy";

export const matchPermissions: ConceptPermissions = {
  concept: "Match",
  hidden: {
    "its round is not matched": { policy: "seesHiddenRound", sees: seesHiddenRound },
    "it is declined": { policy: "seesDeclinedMatch", sees: seesDeclinedMatch },
  },
  parts: ["MatchFactor"],
  operations: {
    match: SHOWN,
    moveMatch: MATCH_STATES.map((to) => those("canMoveMatch", (viewer, place) => canMoveMatch(viewer, to, place), `to ${to}`)),
  },
};
