import { escapeIdentifier, escapeLiteral } from "pg";

const NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** A schema, role or database name as an SQL identifier: lower-case ASCII letters, digits and underscores, at most 63. Throws on any other. */
export function quoteName(name: string): string {
  if (!NAME.test(name)) {
    throw new RangeError(`${JSON.stringify(name)} cannot name a schema, role or database: use a-z, 0-9 and _, a letter first, at most 63`);
  }
  return escapeIdentifier(name);
}

export const quoteText = escapeLiteral;

/** The same server and database, logged in as another role. */
export function roleUrl(adminUrl: string, role: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  return url.toString();
}

/** The same server and role, another database. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.toString();
}

/** The database that a URL names. */
export function databaseOf(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (!name) throw new RangeError("The database URL names no database: add its name as the path");
  return name;
}
