export const ASSIGNMENT_INPUT_CODES = [
  "NOT_AN_OBJECT",
  "NOT_A_LIST",
  "MALFORMED_ID",
  "DUPLICATE_ID",
  "UNKNOWN_ID",
  "MALFORMED_EDGE",
  "DUPLICATE_EDGE",
  "NOT_AN_INTEGER",
  "OUT_OF_RANGE",
  "TOO_MANY",
  "VALUE_TOO_LARGE",
  "MALFORMED_TEXT",
  "MALFORMED_DATE",
  "PERIOD_REVERSED",
  "RANGE_REVERSED",
  "WEIGHTS_UNBALANCED",
] as const;

export type AssignmentInputCode = (typeof ASSIGNMENT_INPUT_CODES)[number];

/** The input is not what the contract asks for. Nothing has been computed. */
export class AssignmentInputError extends Error {
  override readonly name = "AssignmentInputError";

  /**
   * @param code what is wrong, constant; a caller branches on it
   * @param path where in the input, as in `edges[3][2]`
   * @param message for people, without the offending value
   */
  constructor(
    readonly code: AssignmentInputCode,
    readonly path: string,
    message: string,
  ) {
    super(`${path}: ${message}`);
  }
}
