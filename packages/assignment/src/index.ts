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
