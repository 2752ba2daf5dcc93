import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { canChangeRegion, scopesOfRegion } from "./region.policy";

const change = those("canChangeRegion", (viewer, { regionScopeCodes }) =>
  canChangeRegion(viewer, scopesOfRegion({ scopeCodes: regionScopeCodes })),
);

export const regionPermissions: ConceptPermissions = {
  concept: "Region",
  hidden: {},
  parts: [
    "NameResolution",
    "RegionStatistics",
    "CommunityKindCount",
    "OrganisationKindCount",
    "FacilityCount",
    "CommunityTraitCount",
    "AppointmentRoleCount",
    "HonourLevelCount",
    "TeamMembersSum",
    "SnapshotSum",
    "EthnicGroupSummary",
    "NamedEthnicGroup",
  ],
  operations: {
    region: SHOWN,
    regions: SHOWN,
    searchPlaces: SHOWN,
    resolveNames: SHOWN,
    updateRegion: change,
    importRegions: change,
  },
};
