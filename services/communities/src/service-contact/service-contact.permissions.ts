import { communityScope, those, type ConceptPermissions } from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";
import { canKeepCard } from "./service-contact.policy";

export const serviceContactPermissions: ConceptPermissions = {
  concept: "ServiceContactCard",
  hidden: {},
  parts: ["ServiceConcern", "ServiceContact"],
  operations: {
    importServiceContacts: those("canKeepCard", (viewer, { communityId, regionScopeCodes }) =>
      canKeepCard(viewer, [communityScope(communityId), ...scopesOfRegion({ scopeCodes: regionScopeCodes })]),
    ),
  },
};
