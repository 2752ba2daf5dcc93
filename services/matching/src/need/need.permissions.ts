import { SHOWN, those, type ConceptPermissions, type Hidden, type Place, type Viewer } from "@gongjian/subgraph";
import { seesHiddenNeed } from "../visibility";
import { canSeeDeclined, canWriteNeed, scopesOfNeed } from "./need.policy";

const hidden: Hidden = { policy: "seesHiddenNeed", sees: seesHiddenNeed };
const write = those("canWriteNeed", (viewer: Viewer, place: Place) => canWriteNeed(viewer, scopesOfNeed(place.communityId, place)));

export const needPermissions: ConceptPermissions = {
  concept: "Need",
  hidden: { "its round is not published": hidden, "it is withdrawn": hidden },
  parts: ["Alternative", "Blocker"],
  operations: { need: SHOWN, needs: SHOWN, createNeed: write, updateNeed: write, withdrawNeed: write, importNeeds: write },
  fields: {
    "Need.blockers": those(
      "canSeeDeclined",
      (viewer, place) => canSeeDeclined(viewer, scopesOfNeed(place.communityId, place)),
      "somebody declined",
    ),
  },
};
