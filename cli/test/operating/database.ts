import { databaseUrl } from "@gongjian/database";
import { Client } from "pg";

const SERVER = process.env["TEST_DATABASE_URL"] as string;
export const PASSWORD = "operating-test";
export const ROLE_PREFIX = `gj_operating_${process.pid}`;
const OWNER = `gj_operating_owner_${process.pid}`;
const PLAIN = `gj_operating_plain_${process.pid}`;
const databases: string[] = [];

export async function asAdmin<T extends object = Record<string, unknown>>(url: string, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as T[];
  } finally {
    await client.end();
  }
}

async function login(role: string, rights: string): Promise<void> {
  const known = await asAdmin(SERVER, "SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
  if (known.length === 0) await asAdmin(SERVER, `CREATE ROLE ${role} LOGIN NOSUPERUSER ${rights} PASSWORD '${PASSWORD}'`);
}

/**
 * The URL of an empty database by a login as a managed PostgreSQL gives it, which may create databases and roles, and is no superuser.
 * "missing": the database is not there yet. "plain": the login may create no role.
 */
export async function emptyDatabase(kind: "made" | "missing" | "plain"): Promise<string> {
  const name = `gj_operating_${process.pid}_${databases.length + 1}`;
  const role = kind === "plain" ? PLAIN : OWNER;
  databases.push(name);
  await login(role, kind === "plain" ? "NOCREATEROLE" : "CREATEDB CREATEROLE");
  if (kind !== "missing") await asAdmin(SERVER, `CREATE DATABASE ${name} OWNER ${role}`);
  return Object.assign(new URL(databaseUrl(SERVER, name)), { username: role, password: PASSWORD }).href;
}

/** The same database by the server's own superuser. */
export const asSuperuser = (url: string): string => databaseUrl(SERVER, new URL(url).pathname.slice(1));

export async function dropAll(): Promise<void> {
  for (const name of databases) await asAdmin(SERVER, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  const roles = await asAdmin<{ rolname: string }>(SERVER, "SELECT rolname FROM pg_roles WHERE rolname LIKE $1 ORDER BY rolname", [
    `gj\\_operating\\_%${process.pid}%`,
  ]);
  for (const { rolname } of roles.sort((one, other) => Number(one.rolname === OWNER) - Number(other.rolname === OWNER)))
    await asAdmin(SERVER, `DROP ROLE ${rolname}`);
}
