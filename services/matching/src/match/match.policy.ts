import type { MatchState } from "@gongjian/entities-matching";
import { communityScope, holds, organisationScope, type Role, type Scopes, type Viewer } from "@gongjian/subgraph";
import { scopesOfRound } from "../round/round.policy";

/** The scopes a match lies in: its round's, its community's and its organisation's. */
export const scopesOfMatch = (match: { communityId: string; organisationId: string; regionScopeCodes: readonly string[] }): Scopes => [
  ...scopesOfRound(match),
  communityScope(match.communityId),
  organisationScope(match.organisationId),
];

/** Who takes a match to a state: officers propose, sign and confirm; both sides answer. */
const MOVERS: Record<MatchState, readonly Role[]> = {
  SUGGESTED: [],
  PROPOSED: ["OFFICER", "ADMIN"],
  ACCEPTED: ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"],
  DECLINED: ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"],
  SIGNED: ["OFFICER", "ADMIN"],
  FULFILLED: ["COMMUNITY_WORKER", "OFFICER", "ADMIN"],
};

export const moversTo = (to: MatchState): readonly Role[] => MOVERS[to];

export type MatchSide = "COMMUNITY" | "ORGANISATION";

/** For which sides the viewer may accept: workers for their community, representatives for their organisation, officers and administrators for both. */
export const sidesOf = (viewer: Viewer, scopes: Scopes): MatchSide[] => [
  ...(holds(viewer, ["COMMUNITY_WORKER", "OFFICER", "ADMIN"], scopes) ? (["COMMUNITY"] as const) : []),
  ...(holds(viewer, ["ORGANISATION_REP", "OFFICER", "ADMIN"], scopes) ? (["ORGANISATION"] as const) : []),
];

export const canMoveMatch = (viewer: Viewer, to: MatchState, scopes: Scopes): boolean => holds(viewer, MOVERS[to], scopes);
