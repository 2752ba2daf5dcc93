/** The SQLSTATE classes that this package acts on. Source: PostgreSQL manual, appendix A. */
const SERIALIZATION_FAILURE = "40001";
const DEADLOCK_DETECTED = "40P01";
const FEATURE_NOT_SUPPORTED = "0A000";
const SQLSTATE = /^[0-9A-Z]{5}$/;
const LOST_STATES = new Set(["57P01", "57P02", "57P03"]);
const LOST_SYSTEM_CODES = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "ECONNABORTED"]);
const LOST_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/;

interface DriverError {
  code?: unknown;
  constraint?: unknown;
  message?: unknown;
  driverError?: unknown;
}

const driverError = (error: unknown): DriverError | null => {
  if (typeof error !== "object" || error === null) return null;
  const inner = (error as DriverError).driverError;
  return typeof inner === "object" && inner !== null ? inner : error;
};

/**
 * The SQLSTATE of an error that came from PostgreSQL, through TypeORM or the driver, and the name of the constraint that it broke.
 * Null for every other error. Services map the constraint's name to the typed result that a screen branches on.
 */
export function constraintOf(error: unknown): { code: string; constraint: string | null } | null {
  const cause = driverError(error);
  if (cause === null || typeof cause.code !== "string" || !SQLSTATE.test(cause.code) || LOST_SYSTEM_CODES.has(cause.code)) return null;
  return { code: cause.code, constraint: typeof cause.constraint === "string" ? cause.constraint : null };
}

/** Whether the whole transaction may succeed when it is run again: a deadlock's victim, a serialisation failure, a plan made before a migration. */
export function isTransient(error: unknown): boolean {
  const code = constraintOf(error)?.code;
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED || isStalePlan(error);
}

/** Whether the connection was lost, so that the answer (of a write: whether it happened at all) is unknown. */
export function isConnectionLost(error: unknown): boolean {
  const cause = driverError(error);
  if (cause === null) return false;
  if (typeof cause.code === "string" && (LOST_STATES.has(cause.code) || cause.code.startsWith("08") || LOST_SYSTEM_CODES.has(cause.code)))
    return true;
  return typeof cause.message === "string" && LOST_MESSAGES.test(cause.message);
}

/** 53300 too_many_connections, 53400 configuration_limit_exceeded: the server is there and has no room. */
const FULL_STATES = new Set(["53300", "53400"]);

/** Whether the database cannot be asked for now: not there, starting, ending or full. Trying again later may help; the request was right. */
export function isUnavailable(error: unknown): boolean {
  return isConnectionLost(error) || FULL_STATES.has(constraintOf(error)?.code ?? "");
}

/** Whether a migration changed a table under a statement that this connection had prepared before. */
export function isStalePlan(error: unknown): boolean {
  const cause = driverError(error);
  return (
    cause?.code === FEATURE_NOT_SUPPORTED && typeof cause.message === "string" && cause.message.startsWith("cached plan must not change")
  );
}
