import { createHash, randomBytes } from "node:crypto";
import {
  Database,
  type DatabaseOptions,
  databaseUrl,
  KeyRing,
  preparationSource,
  prepareDatabase,
  quoteName,
  roleUrl,
  type SubgraphName,
} from "@gongjian/database";
import type { Client } from "pg";
import { asAdmin, assertTestName, CLONE_PREFIX, dropTestDatabase, TEMPLATE_PREFIX } from "./admin";
import { TEST_SERVER_VARIABLE } from "./server";

export interface TestSubgraph {
  name: SubgraphName;
  entities: Function[];
  migrations: Function[];
}

export interface TestDatabase {
  readonly name: string;
  /** The superuser's URL: for what the subgraph's own role may not do. */
  readonly adminUrl: string;
  /** The login URL of each subgraph's role. */
  readonly urls: Record<string, string>;
  /** Opens a subgraph's database as the service does; closed by close(). */
  open(subgraph: SubgraphName, options?: Partial<DatabaseOptions>): Promise<Database>;
  /** Runs one statement as the superuser. */
  sql<T>(text: string, params?: unknown[]): Promise<T[]>;
  /** Closes what open() opened and drops the database. */
  close(): Promise<void>;
}

const ROLE_PREFIX = "gongjian_test";
const TEMPLATE_LOCK = 7_214_021_634;
const POOL_SIZE = 8;
/** Made anew in each process: nothing that is sealed in a test outlives it. */
const testKeys = KeyRing.parse(`test:${randomBytes(32).toString("base64")}`);
const MISSING = "3D000";
const IN_USE = "55006";
const CLONE_TRIES = 20;

function serverUrl(): string {
  const url = process.env[TEST_SERVER_VARIABLE];
  if (!url)
    throw new Error(`${TEST_SERVER_VARIABLE} is not set: run the test through jest's "api" project, whose set-up starts a PostgreSQL`);
  return url;
}

/** The same for every process of a run, and not to be guessed from outside. */
const rolePassword = (url: string, role: string): string =>
  createHash("sha256")
    .update(`${new URL(url).password} ${role}`)
    .digest("base64url");

/** Of the source text of the migrations and what they share, so that a changed migration makes a new template; and of the roles' password. */
function templateName(url: string, subgraphs: readonly TestSubgraph[]): string {
  const hash = createHash("sha256").update(new URL(url).password).update(preparationSource());
  for (const subgraph of subgraphs) {
    hash.update(`\n${subgraph.name}\n`);
    for (const migration of subgraph.migrations) hash.update(migration.toString());
  }
  return `${TEMPLATE_PREFIX}${hash.digest("hex").slice(0, 20)}`;
}

async function exists(client: Client, name: string): Promise<boolean> {
  return ((await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name])).rowCount ?? 0) > 0;
}

/** Builds the template under another name and renames it when it is complete; processes that come meanwhile wait and find it. */
async function ensureTemplate(client: Client, url: string, name: string, subgraphs: readonly TestSubgraph[]): Promise<void> {
  if (await exists(client, name)) return;
  await client.query("SELECT pg_advisory_lock($1)", [TEMPLATE_LOCK]);
  try {
    if (await exists(client, name)) return;
    const building = `${name}_building`;
    await dropTestDatabase(client, building);
    await prepareDatabase({
      adminUrl: databaseUrl(url, building),
      rolePrefix: ROLE_PREFIX,
      subgraphs: subgraphs.map((subgraph) => ({ ...subgraph, password: rolePassword(url, subgraph.name) })),
    });
    await client.query(`ALTER DATABASE ${quoteName(building)} RENAME TO ${quoteName(name)}`);
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [TEMPLATE_LOCK]);
  }
}

async function clone(client: Client, url: string, name: string, subgraphs: readonly TestSubgraph[]): Promise<void> {
  const template = templateName(url, subgraphs);
  for (let tries = 1; ; tries++) {
    await ensureTemplate(client, url, template, subgraphs);
    try {
      await client.query(`CREATE DATABASE ${quoteName(name)} TEMPLATE ${quoteName(template)}`);
      break;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (tries >= CLONE_TRIES || (code !== MISSING && code !== IN_USE)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * tries));
    }
  }
  // A clone takes over everything but the rights to connect.
  await client.query(`REVOKE ALL ON DATABASE ${quoteName(name)} FROM PUBLIC`);
  for (const subgraph of subgraphs)
    await client.query(`GRANT CONNECT ON DATABASE ${quoteName(name)} TO ${quoteName(`${ROLE_PREFIX}_${subgraph.name}`)}`);
}

/**
 * A database of its own for one test file: schemas, roles and migrations as in production, cloned from a template that is built once.
 * Call it in beforeAll and close() in afterAll.
 */
export async function createTestDatabase({ subgraphs }: { subgraphs: readonly TestSubgraph[] }): Promise<TestDatabase> {
  const url = serverUrl();
  assertTestName(new URL(url).pathname);
  const name = `${CLONE_PREFIX}${process.pid}_${randomBytes(5).toString("hex")}`;
  await asAdmin(url, (client) => clone(client, url, name, subgraphs));

  const adminUrl = databaseUrl(url, name);
  const urls = Object.fromEntries(
    subgraphs.map((subgraph) => [subgraph.name, roleUrl(adminUrl, `${ROLE_PREFIX}_${subgraph.name}`, rolePassword(url, subgraph.name))]),
  );
  const opened: Database[] = [];
  return {
    name,
    adminUrl,
    urls,
    async open(subgraph, options = {}) {
      const { entities } = subgraphs.find((candidate) => candidate.name === subgraph) ?? {};
      if (!entities) throw new Error(`This test database has no ${subgraph}`);
      const database = await Database.open({
        subgraph,
        url: urls[subgraph] as string,
        entities,
        poolSize: POOL_SIZE,
        keys: testKeys,
        ...options,
      });
      opened.push(database);
      return database;
    },
    sql: <T>(text: string, params: unknown[] = []) => asAdmin(adminUrl, async (client) => (await client.query(text, params)).rows as T[]),
    async close() {
      await Promise.all(opened.splice(0).map((database) => database.close()));
      await asAdmin(url, (client) => dropTestDatabase(client, name));
    },
  };
}
