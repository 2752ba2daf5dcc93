import type { MatchState } from "@gongjian/entities-matching";
import { communityScope, holds, organisationScope, type Role, type Scopes, type Viewer } from "@gongjian/subgraph";
import { scopesOfRound } from "../round/round.policy";

/** The scopes a match lies in: its round's, its community's and its organisation's. */
export const scopesOfMatch = (match: MatchReach): Scopes => [
  ...scopesOfRound(match),
  communityScope(match.communityId),
  organisationScope(match.organisationId),
];

/** Under which role somebody takes a match to a state: officers propose and sign, both sides answer, the community confirms. */
const MOVERS: Record<MatchState, readonly Role[]> = {
  SUGGESTED: [],
  PROPOSED: ["OFFICER", "ADMIN"],
  ACCEPTED: ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"],
  DECLINED: ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"],
  SIGNED: ["OFFICER", "ADMIN"],
  FULFILLED: ["COMMUNITY_WORKER", "OFFICER", "ADMIN"],
  LAPSED: [],
};

export const moversTo = (to: MatchState): readonly Role[] => MOVERS[to];

export type MatchSide = "COMMUNITY" | "ORGANISATION";

/** What decides who may do what with a match. */
export interface MatchReach {
  communityId: string;
  organisationId: string;
  regionScopeCodes: readonly string[];
}

const keeps = (viewer: Viewer, match: MatchReach): boolean => holds(viewer, ["OFFICER", "ADMIN"], scopesOfRound(match));

/** For which sides the viewer may answer: workers for their community, representatives for their organisation, officers and administrators for both. */
export function sidesOf(viewer: Viewer, match: MatchReach): MatchSide[] {
  const round = scopesOfRound(match);
  const both = keeps(viewer, match);
  const community = both || holds(viewer, ["COMMUNITY_WORKER"], [...round, communityScope(match.communityId)]);
  const organisation = both || holds(viewer, ["ORGANISATION_REP"], [...round, organisationScope(match.organisationId)]);
  return [...(community ? (["COMMUNITY"] as const) : []), ...(organisation ? (["ORGANISATION"] as const) : [])];
}

export function canMoveMatch(viewer: Viewer, to: MatchState, match: MatchReach): boolean {
  switch (to) {
    case "PROPOSED":
    case "SIGNED":
      return keeps(viewer, match);
    case "ACCEPTED":
    case "DECLINED":
      return sidesOf(viewer, match).length > 0;
    case "FULFILLED":
      return sidesOf(viewer, match).includes("COMMUNITY");
    case "SUGGESTED":
    case "LAPSED":
      return false;
  }
}
