import { holds, type Scopes, type Viewer } from "@gongjian/subgraph";
import { ORGANISATION_EDITORS } from "../organisation/organisation.policy";

export const TEAM_KEEPERS = ORGANISATION_EDITORS;

/** Its representatives, officers of its region and administrators keep a team's description and record. */
export const canKeepTeam = (viewer: Viewer, organisation: Scopes): boolean => holds(viewer, TEAM_KEEPERS, organisation);
