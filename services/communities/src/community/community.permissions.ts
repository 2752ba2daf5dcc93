import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { canChangeCommunity, canCreateCommunity, scopesOfCommunity } from "./community.policy";

const change = those("canChangeCommunity", (viewer, { communityId, regionScopeCodes }) =>
  canChangeCommunity(viewer, scopesOfCommunity({ id: communityId }, { scopeCodes: regionScopeCodes })),
);
const create = those("canCreateCommunity", (viewer, { regionScopeCodes }) =>
  canCreateCommunity(viewer, scopesOfCommunity(null, { scopeCodes: regionScopeCodes })),
);

export const communityPermissions: ConceptPermissions = {
  concept: "Community",
  hidden: {},
  parts: ["Identifier", "Location", "CommunityTraitWords", "CommunityComparison", "ComparisonRow", "ComparisonValue"],
  operations: {
    community: SHOWN,
    communityByIdentifier: SHOWN,
    communities: SHOWN,
    compareCommunities: SHOWN,
    createCommunity: create,
    importCommunities: create,
    updateCommunity: change,
    importCommunityTraits: change,
    communityTraits: SHOWN,
  },
};
