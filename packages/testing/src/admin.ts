import { databaseOf, databaseUrl, quoteName } from "@gongjian/database";
import { Client } from "pg";

export const TEMPLATE_PREFIX = "gongjian_test_template_";
export const CLONE_PREFIX = "gongjian_test_clone_";
/** Templates of earlier migrations are kept for a while: another branch or a run at the same time may still use them. */
const TEMPLATES_KEPT = 12;
const DUPLICATE_DATABASE = new Set(["42P04", "23505"]);

/** Throws unless the database's name says that it is for tests: everything here creates and drops. */
export function assertTestName(name: string): void {
  if (!/test/i.test(name)) throw new Error(`Tests refuse the database "${name}": its name does not say test`);
}

/** Runs `work` on a connection of its own. */
export async function asAdmin<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: "gongjian-testing", connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Creates the database that TEST_DATABASE_URL names, when it is missing: the place from which the others are made. */
export async function ensureTestDatabase(url: string): Promise<void> {
  const name = databaseOf(url);
  assertTestName(name);
  try {
    await asAdmin(url, async () => undefined);
  } catch (error) {
    if ((error as { code?: string }).code !== "3D000") throw error;
    await asAdmin(databaseUrl(url, "postgres"), (client) =>
      client.query(`CREATE DATABASE ${quoteName(name)} TEMPLATE template0 ENCODING 'UTF8'`),
    ).catch((created: { code?: string }) => {
      if (!DUPLICATE_DATABASE.has(created.code ?? "")) throw created;
    });
  }
}

/** Drops a test database and whoever is connected to it. */
export async function dropTestDatabase(client: Client, name: string): Promise<void> {
  assertTestName(name);
  await client.query(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`);
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** Drops the databases of test processes of this machine that were killed, and all but the newest templates. */
export async function dropLeftovers(url: string): Promise<void> {
  await asAdmin(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE datname LIKE $1 ORDER BY oid DESC",
      ["gongjian\\_test\\_%"],
    );
    const names = rows.map((row) => row.name);
    const orphans = names.filter(
      (name) => name.startsWith(CLONE_PREFIX) && !isRunning(Number.parseInt(name.slice(CLONE_PREFIX.length), 10)),
    );
    const outdated = names.filter((name) => name.startsWith(TEMPLATE_PREFIX) && !name.endsWith("_building")).slice(TEMPLATES_KEPT);
    for (const name of outdated) await client.query(`ALTER DATABASE ${quoteName(name)} IS_TEMPLATE false`);
    for (const name of [...orphans, ...outdated]) await dropTestDatabase(client, name);
  });
}
