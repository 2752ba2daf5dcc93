/** The exit code of what has to be mended before anything can begin: a setting, a folder, a port. */
export const MEND = 2;

/** Something that the person at the keyboard can mend: told in a line, without a stack. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
    this.name = "Failure";
  }
}

const SYSTEM: Record<string, (error: NodeJS.ErrnoException & { port?: number; address?: string }) => string> = {
  EADDRINUSE: (error) =>
    `Port ${error.port} on ${error.address} is taken by another program. Set PORT to a free one, e.g. PORT=${(error.port ?? 4000) + 100}.`,
  EACCES: (error) => `Not permitted: ${error.message}`,
  ENOENT: (error) => `There is no such file: ${error.path ?? error.message}`,
  EISDIR: (error) => `This is a folder, not a file: ${error.path ?? error.message}`,
  EADDRNOTAVAIL: (error) => `HOST ${error.address} is not an address of this machine.`,
  ECONNREFUSED: (error) =>
    `Nothing answers at ${error.address ?? "the address"}:${error.port ?? ""}. Is the database or the server running?`,
  ENOTFOUND: (error) => `The host name cannot be found: ${error.message}`,
};

/** PostgreSQL refusals that come from a wrong URL rather than from us. */
const DATABASE: Record<string, string> = {
  "28P01": "The database refused the password. Check DATABASE_URL.",
  "28000": "The database refused the login. Check DATABASE_URL.",
  "3D000": "The database that DATABASE_URL names does not exist and could not be created.",
  "42501": "The login of DATABASE_URL may not create roles or schemas. Use one that may, for `gongjian migrate`.",
};

const UNFIT = new Set(["EADDRINUSE", "EADDRNOTAVAIL"]);

/** The exit code that belongs to an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Failure) return error.exitCode;
  const { name, code } = error as NodeJS.ErrnoException;
  return name === "SettingsError" || (code !== undefined && UNFIT.has(code)) ? MEND : 1;
}

/** One line for a person, where the error is one that a person can mend; null where it is a bug of ours. */
export function explain(error: unknown): string | null {
  if (error instanceof Failure) return error.message;
  const { name, message, code } = error as NodeJS.ErrnoException;
  if (name === "SettingsError" || name === "ImportFileError" || name === "AssignmentInputError") return message;
  if (name === "AggregateError") return explain((error as AggregateError).errors[0]);
  if (code && SYSTEM[code]) return SYSTEM[code](error as NodeJS.ErrnoException);
  if (code && DATABASE[code]) return DATABASE[code];
  return null;
}
