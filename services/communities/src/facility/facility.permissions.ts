import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { scopesOfCommunity } from "../community/community.policy";
import { canKeepFacility } from "./facility.policy";

const keep = [
  those(
    "canKeepFacility",
    (viewer, { communityId, regionScopeCodes }) =>
      canKeepFacility(viewer, scopesOfCommunity({ id: communityId }, { scopeCodes: regionScopeCodes })),
    "of a community",
  ),
  those(
    "canKeepFacility",
    (viewer, { regionScopeCodes }) => canKeepFacility(viewer, scopesOfCommunity(null, { scopeCodes: regionScopeCodes })),
    "of a region",
  ),
];

export const facilityPermissions: ConceptPermissions = {
  concept: "Facility",
  hidden: {},
  parts: [
    "CategoryCoverage",
    "FacilityEvent",
    "FacilityChange",
    "FacilityChangesOverlap",
    "OpeningPeriod",
    "NearbyFacility",
    "ServiceCircleEntry",
    "ServiceCoverage",
  ],
  operations: {
    facility: SHOWN,
    facilities: SHOWN,
    nearestFacilities: SHOWN,
    createFacility: keep,
    updateFacility: keep,
    importFacilities: keep,
    recordFacilityChange: keep,
    correctFacilityChange: keep,
  },
};
