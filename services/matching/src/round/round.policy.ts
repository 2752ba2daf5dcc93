import { holds, regionScope, type Scopes, type Viewer } from "@gongjian/subgraph";

/** The scopes a round lies in: its region, all above it and the zones that manage any of them. */
export const scopesOfRound = (round: { regionScopeCodes: readonly string[] }): Scopes => round.regionScopeCodes.map(regionScope);

export const ROUND_KEEPERS = ["OFFICER", "ADMIN"] as const;

/** Officers of the round's region and administrators keep a round: create, change, advance and match it. */
export const canKeepRound = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, ROUND_KEEPERS, scopes);
