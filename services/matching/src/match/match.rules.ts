import type { MatchState, RoundState } from "@gongjian/entities-matching";
import { EXECUTABLE_STATES, NEGOTIABLE_STATES } from "../round/round.rules";
import type { MatchSide } from "./match.policy";

/** The states that a match can go to from each. A trigger keeps the same order. */
export const NEXT_STATES: Record<MatchState, readonly MatchState[]> = {
  SUGGESTED: ["PROPOSED"],
  PROPOSED: ["ACCEPTED", "DECLINED"],
  ACCEPTED: ["SIGNED", "DECLINED"],
  DECLINED: [],
  SIGNED: ["FULFILLED"],
  FULFILLED: [],
  LAPSED: [],
};

/** The states of the round in which a match may take a step. */
export const roundStatesFor = (to: MatchState): readonly RoundState[] => (to === "FULFILLED" ? EXECUTABLE_STATES : NEGOTIABLE_STATES);

/** States in which a match holds units of its offer and its need. */
export const LIVE_STATES: readonly MatchState[] = ["PROPOSED", "ACCEPTED", "SIGNED", "FULFILLED"];

/** Where a match stands, and who has accepted it. */
export interface Stand {
  state: MatchState;
  communityAccepted: boolean;
  organisationAccepted: boolean;
}

export const standOf = ({ state, communityAccepted, organisationAccepted }: Stand): Stand => ({
  state,
  communityAccepted,
  organisationAccepted,
});

/** Whether these sides, at least one, have accepted the match already and it still stands so: to accept it again changes nothing. */
export const hasAccepted = (stand: Stand, sides: readonly MatchSide[]): boolean =>
  sides.length > 0 &&
  (stand.state === "PROPOSED" || stand.state === "ACCEPTED") &&
  sides.every((side) => (side === "COMMUNITY" ? stand.communityAccepted : stand.organisationAccepted));

/** The match after these sides have accepted it: it stays proposed until both have. */
export function accepted(before: Stand, sides: readonly MatchSide[]): Stand {
  const communityAccepted = before.communityAccepted || sides.includes("COMMUNITY");
  const organisationAccepted = before.organisationAccepted || sides.includes("ORGANISATION");
  return { state: communityAccepted && organisationAccepted ? "ACCEPTED" : before.state, communityAccepted, organisationAccepted };
}
