import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { seesCollectingRound, seesHiddenRound } from "../visibility";
import { canKeepRound, scopesOfRound } from "./round.policy";

const keep = those("canKeepRound", (viewer, place) => canKeepRound(viewer, scopesOfRound(place)));

export const roundPermissions: ConceptPermissions = {
  concept: "Round",
  hidden: {
    "it is a draft": { policy: "seesHiddenRound", sees: seesHiddenRound },
    "it is collecting": { policy: "seesCollectingRound", sees: seesCollectingRound },
  },
  parts: ["RoundCommunity", "CriterionWeight"],
  operations: {
    round: SHOWN,
    roundByKey: SHOWN,
    rounds: SHOWN,
    createRound: keep,
    updateRound: keep,
    advanceRound: keep,
    runMatching: keep,
    importRounds: keep,
  },
};
