import { resolve, sep } from "node:path";
import { constraintOf, isConnectionLost } from "@gongjian/database";
import type { Settings } from "@gongjian/settings";
import { Failure, MEND } from "../failure";

/** What the system and the driver say of a server that is not there. One that refuses (ECONNREFUSED) has a line of its own. */
const UNREACHABLE = new Set(["EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "EAI_AGAIN", "ETIMEDOUT"]);
const REFUSED = "ECONNREFUSED";
/** The driver has no code for these. */
const NO_ANSWER =
  /^(timeout expired|The server does not support SSL connections|received invalid response|There was an error establishing)/;
const TOO_MANY_CONNECTIONS = "53300";

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function isOfFolder(error: unknown, folder: string): boolean {
  const { path } = error as NodeJS.ErrnoException;
  return typeof path === "string" && `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
}

function isAway(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  if (code === REFUSED) return false;
  if (isConnectionLost(error) || (code !== undefined && UNREACHABLE.has(code))) return true;
  return constraintOf(error)?.code === TOO_MANY_CONNECTIONS || NO_ANSWER.test(messageOf(error));
}

/** An error of a start as one line for the person who can mend it: a folder that cannot be written, a database that does not answer. Any other as it is. */
export function startFailure(error: unknown, settings: Settings): unknown {
  if (isOfFolder(error, settings.dataDir)) return new Failure(`DATA_DIR ${settings.dataDir} cannot be used: ${messageOf(error)}`, MEND);
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  if (!isAway(cause)) return error;
  const place = settings.databaseUrl ? ` at ${new URL(settings.databaseUrl).host}` : "";
  return new Failure(`The database${place} does not answer (${messageOf(cause)}). Is it running, and is DATABASE_URL right?`);
}

/** The embedded server's start gives its reasons in a line each; what has a code comes from the system. */
export function embeddedFailure(error: unknown, settings: Settings): unknown {
  const isTold = error instanceof Error && error.constructor === Error && (error as NodeJS.ErrnoException).code === undefined;
  return isTold ? new Failure(error.message) : startFailure(error, settings);
}
