import { GraphQLError } from "graphql";

/** The codes that a client can branch on. Messages are constant a code; what varies stands in `extensions`. */
const MESSAGES = {
  UNAUTHENTICATED: "Sign in to do this.",
  FORBIDDEN: "You may not do this.",
  NOT_FOUND: "There is no such record, or you may not see it.",
  BAD_USER_INPUT: "The input is not valid.",
  CURSOR_INVALID: "The cursor does not belong to this list.",
  PAGE_SIZE_INVALID: "The page size must be between 1 and 100.",
  PEER_UNAVAILABLE: "Another part of the platform did not answer. Try again.",
  TOO_MANY_ENTITIES: "Too many entities in one request.",
  SERVICE_UNAVAILABLE: "This part of the platform cannot be reached for now. Try again.",
  INTERNAL: "Something went wrong on our side.",
} as const;

/** Seconds after which whoever got SERVICE_UNAVAILABLE may try again. */
export const RETRY_AFTER_SECONDS = 2;

export type ErrorCode = keyof typeof MESSAGES;

/** One thing that is wrong with one field of an input. `field` is a dotted path, e.g. `budgetMax` or `rows.3.title`. */
export interface InputProblem {
  field: string;
  code: string;
  message: string;
}

/** An error whose code and constant message may leave the platform. Everything else is masked. */
export class PublicError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    details: Record<string, unknown> = {},
  ) {
    super(MESSAGES[code], { extensions: { ...details, code } });
    this.name = "PublicError";
  }
}

export const unauthenticated = () => new PublicError("UNAUTHENTICATED");
export const forbidden = () => new PublicError("FORBIDDEN");
export const notFound = (concept: string) => new PublicError("NOT_FOUND", { concept });
export const badInput = (problems: InputProblem[]) => new PublicError("BAD_USER_INPUT", { problems });
export const messageOf = (code: ErrorCode): string => MESSAGES[code];
