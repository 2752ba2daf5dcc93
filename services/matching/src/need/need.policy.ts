import { communityScope, holds, type Role, type Scopes, type Viewer } from "@gongjian/subgraph";
import { scopesOfRound } from "../round/round.policy";

/** The scopes a need lies in: its community's, and its round's. */
export const scopesOfNeed = (communityId: string, round: { regionScopeCodes: readonly string[] }): Scopes => [
  communityScope(communityId.toLowerCase()),
  ...scopesOfRound(round),
];

export const NEED_WRITERS = ["COMMUNITY_WORKER", "OFFICER", "ADMIN"] as const;

/** Workers of the community, officers of the round's region and administrators write a need. */
export const canWriteNeed = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, NEED_WRITERS, scopes);

const DECLINED_READERS: readonly Role[] = ["COMMUNITY_WORKER", "OFFICER", "AUDITOR", "ADMIN"];

/** That somebody declined concerns the community and the round's officers, not the public. */
export const canSeeDeclined = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, DECLINED_READERS, scopes);
