import { Client } from "pg";
import { DataSource, type Logger } from "typeorm";
import "reflect-metadata";
import { canonicalSql, coveredTexts, genesisHash } from "./audit/chain";
import { AUDIT_COLUMNS, createAuditTables } from "./audit/tables";
import { createCommonTables } from "./common/tables";
import { constraintOf } from "./errors";
import { databaseOf, databaseUrl, quoteName, quoteText, roleUrl } from "./names";

export interface SubgraphSchema {
  /** Names the schema and, after the prefix, the login role. */
  name: string;
  entities: Function[];
  migrations: Function[];
  password: string;
}

export interface PrepareOptions {
  /** A role that may create roles, extensions and (when it is missing) the database that this URL names. */
  adminUrl: string;
  rolePrefix: string;
  subgraphs: readonly SubgraphSchema[];
  log?: (line: string) => void;
}

export interface PreparedDatabase {
  /** The login URL of each subgraph's role, by the subgraph's name. */
  urls: Record<string, string>;
  /** The migrations that this call ran, as `schema.Migration`. */
  migrated: string[];
}

/** The table in each schema that lists the migrations it has had. */
export const MIGRATIONS_TABLE = "schema_migration";
const EXTENSIONS = ["pg_trgm", "btree_gist"];
/** Any number will do, as long as every starter of this system takes the same one. */
const ADVISORY_LOCK = 7_214_021_633;
const MAINTENANCE_DATABASE = "postgres";
const MISSING_DATABASE = "3D000";
const ALREADY_THERE = new Set(["42P04", "42710", "23505"]);
/** "tuple concurrently updated": another database's starter changed the same role, which no lock of this database can prevent. */
const ROLE_RACE = "XX000";
const ROLE_TRIES = 5;

/** TypeORM prints a failed migration by itself; it is thrown as well, and the caller decides what is printed. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: "gongjian-prepare", connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(adminUrl: string, log: (line: string) => void): Promise<void> {
  try {
    return await withClient(adminUrl, async () => undefined);
  } catch (error) {
    if (constraintOf(error)?.code !== MISSING_DATABASE) throw error;
  }
  const name = databaseOf(adminUrl);
  await withClient(databaseUrl(adminUrl, MAINTENANCE_DATABASE), async (client) => {
    try {
      await client.query(`CREATE DATABASE ${quoteName(name)} ENCODING 'UTF8' TEMPLATE template0`);
      log(`created database ${name}`);
    } catch (error) {
      if (!ALREADY_THERE.has(constraintOf(error)?.code ?? "")) throw error;
    }
  });
}

/** Creates the role or gives it this password. */
async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  const attributes = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${quoteText(password)}`;
  for (let tries = 1; ; tries++) {
    try {
      const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
      await client.query(
        rowCount ? `ALTER ROLE ${quoteName(role)} PASSWORD ${quoteText(password)}` : `CREATE ROLE ${quoteName(role)} ${attributes}`,
      );
      return;
    } catch (error) {
      const code = constraintOf(error)?.code ?? "";
      if (tries >= ROLE_TRIES || !(ALREADY_THERE.has(code) || code === ROLE_RACE)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * tries * Math.random()));
    }
  }
}

/** The schema, and what its role may do with the tables that migrations will create in it. */
async function ensureSchema(client: Client, name: string, role: string): Promise<void> {
  const schema = quoteName(name);
  const to = quoteName(role);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await client.query(`REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC`);
  await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${to}`);
  await client.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${to}`);
  await client.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE, SELECT ON SEQUENCES TO ${to}`);
}

/**
 * After the migrations: all that the schema has now, less what only migrations and the audit trail's own rules may change. In one
 * transaction, so that a subgraph that runs meanwhile never has the wider rights.
 */
async function grantTables(client: Client, name: string, role: string): Promise<void> {
  const schema = quoteName(name);
  const to = quoteName(role);
  await client.query("BEGIN");
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${to}`);
  await client.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${to}`);
  for (const [table, allowed] of [
    ["audit_entry", `SELECT, INSERT (${AUDIT_COLUMNS})`],
    ["audit_head", "SELECT"],
    [MIGRATIONS_TABLE, "SELECT"],
  ] as const) {
    const { rows } = await client.query("SELECT to_regclass($1) IS NOT NULL AS there", [`${name}.${table}`]);
    if (!rows[0].there) continue;
    await client.query(`REVOKE ALL ON ${schema}.${table} FROM ${to}`);
    await client.query(`GRANT ${allowed} ON ${schema}.${table} TO ${to}`);
  }
  await client.query("COMMIT");
}

/** What a schema leaves to be done when all its migrations have run, whatever their order: its function after_migrations(), where it has one. */
async function settleSchema(client: Client, name: string): Promise<void> {
  const settle = `${quoteName(name)}.after_migrations()`;
  const { rows } = await client.query("SELECT to_regprocedure($1) IS NOT NULL AS there", [settle]);
  if (rows[0].there) await client.query(`SELECT ${settle}`);
}

/** A data source that logs in as the admin and works in one schema: for migrations and for schemaDrift. The caller destroys it. */
export async function openAdminDataSource(adminUrl: string, subgraph: Omit<SubgraphSchema, "password">): Promise<DataSource> {
  quoteName(subgraph.name);
  const dataSource = new DataSource({
    type: "postgres",
    url: adminUrl,
    schema: subgraph.name,
    entities: subgraph.entities,
    migrations: subgraph.migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: "each",
    synchronize: false,
    installExtensions: false,
    logger: silent,
    poolErrorHandler: () => undefined,
    extra: { max: 2, options: `-c search_path=${subgraph.name},public -c timezone=UTC` },
  });
  return dataSource.initialize();
}

async function migrate(options: PrepareOptions, subgraph: SubgraphSchema): Promise<string[]> {
  const dataSource = await openAdminDataSource(options.adminUrl, subgraph);
  try {
    const done = await dataSource.runMigrations();
    for (const migration of done) options.log?.(`migrated ${subgraph.name}: ${migration.name}`);
    return done.map((migration) => `${subgraph.name}.${migration.name}`);
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Makes a PostgreSQL ready for the subgraphs, and changes nothing when it already is: the database, the extensions pg_trgm and
 * btree_gist (in `public`), one schema and one login role a subgraph, and all migrations, each in a transaction of its own.
 * A schema with a function after_migrations() has it called then.
 * A role has SELECT, INSERT, UPDATE and DELETE in its own schema only; of the audit trail SELECT and INSERT (less what the database
 * sets itself), of its head and of the list of migrations SELECT; PUBLIC has nothing. Starters that run at the same time wait for each other.
 */
export async function prepareDatabase(options: PrepareOptions): Promise<PreparedDatabase> {
  const log = options.log ?? (() => undefined);
  const roleOf = (name: string): string => `${options.rolePrefix}_${name}`;
  await ensureDatabase(options.adminUrl, log);
  return withClient(options.adminUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
    const database = quoteName(databaseOf(options.adminUrl));
    for (const extension of EXTENSIONS) await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension} SCHEMA public`);
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await client.query("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    const prepared: PreparedDatabase = { urls: {}, migrated: [] };
    for (const subgraph of options.subgraphs) {
      const role = roleOf(subgraph.name);
      await ensureRole(client, role, subgraph.password);
      await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${quoteName(role)}`);
      await ensureSchema(client, subgraph.name, role);
      prepared.migrated.push(...(await migrate(options, subgraph)));
      await settleSchema(client, subgraph.name);
      await grantTables(client, subgraph.name, role);
      prepared.urls[subgraph.name] = roleUrl(options.adminUrl, role, subgraph.password);
    }
    return prepared;
  });
}

/** The text of all that decides what a prepared database holds besides its migrations: a test template is built anew when it changes. */
export const preparationSource = (): string =>
  [
    EXTENSIONS,
    ...[ensureDatabase, ensureRole, ensureSchema, grantTables, settleSchema, prepareDatabase, createCommonTables, createAuditTables],
    ...[canonicalSql("previous", "texts"), coveredTexts("row"), genesisHash("schema"), AUDIT_COLUMNS],
  ]
    .map(String)
    .join("\n");
