import { randomUUID } from "node:crypto";
import { constraintOf, isUnavailable } from "@gongjian/database";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { ArgumentValidationError } from "type-graphql";
import type { ValidationError } from "class-validator";
import { messageOf, PublicError, RETRY_AFTER_SECONDS, type InputProblem } from "./errors";

/** Errors that graphql-js raises while it reads a document or its variables: the client's fault, and without secrets. */
const DOCUMENT_CODES = new Set(["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"]);

/** What PostgreSQL answers to text that it cannot hold, and to numbers beyond its types: wrong input that no rule of ours has caught. */
const UNSTORABLE = new Map([
  ["22021", { field: "", code: "INVALID_CHARACTER", message: "A text holds a character that cannot be stored, such as NUL." }],
  ["22P02", { field: "", code: "INVALID_CHARACTER", message: "A text holds a character that cannot be stored, such as half of one." }],
  ["22P05", { field: "", code: "INVALID_CHARACTER", message: "A text holds a character that cannot be stored, such as NUL." }],
  ["22003", { field: "", code: "OUT_OF_RANGE", message: "A number is too large." }],
]);

const flatten = (errors: readonly ValidationError[], path: string): InputProblem[] =>
  errors.flatMap((error) => {
    const field = path === "" ? error.property : `${path}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([code, message]) => ({ field, code: code.toUpperCase(), message }));
    return [...own, ...flatten(error.children ?? [], field)];
  });

export type ErrorLog = (entry: { errorId: string; requestId: string; error: unknown }) => void;

/** What was thrown: graphql-js wraps what is no Error of its own realm, such as the system's errors seen from a sandbox. */
const thrown = (error: Error): Error => (error as { thrownValue?: Error }).thrownValue ?? error;

/**
 * What a client may see of an error. Known errors keep their constant message and code; a database that is away is
 * `SERVICE_UNAVAILABLE`, with the seconds until it is worth trying again (`retryAfter`); all others become `INTERNAL` with an `errorId` under which the log has the cause.
 */
export function formatError(error: GraphQLError, requestId: string, log: ErrorLog): GraphQLFormattedError {
  const place = { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) };
  const cause = thrown(error.originalError ?? error);
  if (cause instanceof PublicError) return { message: cause.message, ...place, extensions: { ...cause.extensions } };
  if (cause instanceof ArgumentValidationError) {
    const problems = flatten((cause.extensions?.["validationErrors"] as ValidationError[] | undefined) ?? [], "");
    return { message: messageOf("BAD_USER_INPUT"), ...place, extensions: { code: "BAD_USER_INPUT", problems } };
  }
  const unstorable = UNSTORABLE.get(constraintOf(cause)?.code ?? "");
  if (unstorable) return { message: messageOf("BAD_USER_INPUT"), ...place, extensions: { code: "BAD_USER_INPUT", problems: [unstorable] } };
  const code = error.extensions?.["code"];
  // what a scalar refuses in a variable comes as the cause of graphql-js's own error
  if ((!error.originalError || cause instanceof GraphQLError) && typeof code === "string" && DOCUMENT_CODES.has(code)) {
    return { message: withoutSuggestion(error.message), ...place, extensions: { code } };
  }
  // before execution there is no path: graphql-js could not read the document or a variable, whose own error it then names as the cause
  if (error.path === undefined && (!error.originalError || (cause instanceof GraphQLError && error.message.startsWith("Variable ")))) {
    return { message: withoutSuggestion(error.message), ...place, extensions: { code: "BAD_USER_INPUT" } };
  }
  if (
    cause instanceof GraphQLError &&
    !error.originalError &&
    error.nodes &&
    /^(Variable|Argument|Expected|Float|Int|String|ID|Boolean|Enum)/.test(error.message)
  ) {
    return { message: withoutSuggestion(error.message), ...place, extensions: { code: "BAD_USER_INPUT" } };
  }
  const errorId = randomUUID();
  log({ errorId, requestId, error: cause });
  if (isUnavailable(cause)) {
    const extensions = { code: "SERVICE_UNAVAILABLE", retryAfter: RETRY_AFTER_SECONDS, errorId };
    return { message: messageOf("SERVICE_UNAVAILABLE"), ...place, extensions };
  }
  return { message: messageOf("INTERNAL"), ...place, extensions: { code: "INTERNAL", errorId } };
}

/**
 * A message of graphql-js as it may leave and be logged: without neighbouring names ("Did you mean …"), which tell a stranger about the
 * schema, and without the value that it refuses, which may be a private one in the wrong place.
 */
export const withoutSuggestion = (message: string): string =>
  message
    .replace(/ Did you mean [^?]*\?/gu, "")
    .replace(/ got invalid value .*?( at "[^"]*")?; (?=[A-Z])/su, "$1 got an invalid value; ")
    .replace(/(cannot represent [^:]*): .*$/su, "$1.")
    .replace(/\bValue ".*" does not exist in "(\w+)" enum.*$/su, 'The value does not exist in "$1" enum.')
    .replace(/(Expected value of type "[^"]*"), found .*$/su, "$1.")
    .replace(/\b(Name|Int|Float|String|BlockString) "(?:[^"\\]|\\.)*"/gsu, "$1")
    .replace(/(Unexpected|Invalid) (character|number)[^.]*: .*$/su, "$1 $2.");
