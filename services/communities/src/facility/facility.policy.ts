import { holds, type Scopes, type Viewer } from "@gongjian/subgraph";
import { COMMUNITY_EDITORS } from "../community/community.policy";

export const FACILITY_KEEPERS = COMMUNITY_EDITORS;

/** Workers of its community, officers of the region and administrators keep the register of facilities. */
export const canKeepFacility = (viewer: Viewer, community: Scopes): boolean => holds(viewer, FACILITY_KEEPERS, community);
