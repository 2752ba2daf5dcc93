import { holds, type Scopes, type Viewer } from "@gongjian/subgraph";
import { COMMUNITY_EDITORS } from "../community/community.policy";

export const FACILITY_KEEPERS = COMMUNITY_EDITORS;

/**
 * Workers of its community, officers of the region and administrators keep the register of facilities; what serves a region as a whole is
 * kept by that region's officers and administrators alone, whose scopes name regions.
 */
export const canKeepFacility = (viewer: Viewer, place: Scopes): boolean => holds(viewer, FACILITY_KEEPERS, place);
