import { those, type ConceptPermissions } from "@gongjian/subgraph";
import { scopesOfCommunity } from "../community/community.policy";
import { canKeepFacility } from "./facility.policy";

export const facilityPermissions: ConceptPermissions = {
  concept: "Facility",
  hidden: {},
  parts: ["FacilityEvent", "ServiceCircleEntry"],
  operations: {
    importFacilities: those("canKeepFacility", (viewer, { communityId, regionScopeCodes }) =>
      canKeepFacility(viewer, scopesOfCommunity({ id: communityId }, { scopeCodes: regionScopeCodes })),
    ),
  },
};
