import { communityScope, holds, type Scopes, type Viewer } from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";

/** The scopes a community lies in: its own, and those of its region. */
export const scopesOfCommunity = (community: { id: string } | null, region: { scopeCodes: readonly string[] }): Scopes =>
  community === null ? scopesOfRegion(region) : [communityScope(community.id), ...scopesOfRegion(region)];

export const COMMUNITY_CREATORS = ["OFFICER", "ADMIN"] as const;
export const COMMUNITY_EDITORS = ["COMMUNITY_WORKER", "OFFICER", "ADMIN"] as const;

/** Officers of the region and administrators enter a community. */
export const canCreateCommunity = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, COMMUNITY_CREATORS, scopes);

/** Its workers, officers of its region and administrators change it. */
export const canChangeCommunity = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, COMMUNITY_EDITORS, scopes);
