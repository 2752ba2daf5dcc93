import { holds, regionScope, type Scopes, type Viewer } from "@gongjian/subgraph";
import { ORGANISATION_EDITORS } from "../organisation/organisation.policy";

export const TEAM_KEEPERS = ORGANISATION_EDITORS;

/** Its representatives, officers of its region and administrators keep a team's description and record. */
export const canKeepTeam = (viewer: Viewer, organisation: Scopes): boolean => holds(viewer, TEAM_KEEPERS, organisation);

/**
 * A team is at home in a community of the region that its organisation belongs to; elsewhere those say so who keep that community, because
 * it counts in the figures of the places there.
 */
export const canHouseTeam = (viewer: Viewer, organisationRegion: string | null, community: Scopes): boolean =>
  (organisationRegion !== null && community.includes(regionScope(organisationRegion))) ||
  holds(viewer, ["COMMUNITY_WORKER", "OFFICER", "ADMIN"], community);
