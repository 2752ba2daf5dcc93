export { ASSIGNMENT_INPUT_CODES, type AssignmentInputCode, AssignmentInputError } from "./solver/errors";
export {
  type AssignmentEdge,
  type AssignmentInstance,
  type AssignmentNode,
  compareIds,
  MAX_EDGES,
  MAX_NODES,
  type NodeId,
} from "./solver/instance";
export { type AssignedPair, type AssignmentSolution, type PricedNode, solveAssignment } from "./solver/solve";
export { formatSolution, parseSolveFile } from "./solver/solve-file";
export { NEAREST_SCAN } from "./round/candidates";
export { checkConstraints } from "./round/constraints";
export {
  type CandidateScore,
  CASES_FOR_FULL_VALUE,
  checkWeights,
  CRITERIA,
  type Criterion,
  DEFAULT_WEIGHTS,
  type Factor,
  FULL_VALUE,
  scoreCandidate,
  SURPLUS_FOR_FULL_VALUE,
  UNSTATED_VALUE,
  WEIGHT_TOTAL,
  type Weights,
} from "./round/criteria";
export { matchRound, type MatchRoundOptions, type RoundCandidate, type RoundMatch, type RoundResult } from "./round/match-round";
export { MAX_AMOUNT, MAX_UNITS, type NeedProfile, type OfferProfile } from "./round/profiles";
export type { Blocker, CapacityTaken, UnmatchedNeed } from "./round/unmatched";
export { type Side, type Unblock, type Violation, VIOLATION_REASONS, type ViolationReason } from "./round/violations";
export { explainInWords, type WordScript } from "./round/words";
