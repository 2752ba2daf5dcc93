import { MIGRATIONS_TABLE, quoteName } from "@gongjian/database";
import { Client, escapeIdentifier } from "pg";
import { SUBGRAPHS } from "../platform/subgraphs";

/** The schemas that a backup holds. What the gateway counts for its rate limits is not kept. */
export const SCHEMAS: readonly string[] = SUBGRAPHS.map(({ name }) => name);

export interface Table {
  schema: string;
  name: string;
  /** Less the generated ones, which the database computes again. */
  columns: string[];
}

export const nameOf = ({ schema, name }: Pick<Table, "schema" | "name">): string => `${schema}.${name}`;
export const tableSql = ({ schema, name }: Pick<Table, "schema" | "name">): string => `${quoteName(schema)}.${escapeIdentifier(name)}`;
export const columnsSql = ({ columns }: Table): string => columns.map(escapeIdentifier).join(", ");

/** Taken by whoever migrates (see prepareDatabase), so that the tables stay what they are for the rest of the transaction. */
const MIGRATORS_WAIT = "SELECT pg_advisory_xact_lock_shared(7214021633)";

/** How values are written as text, whatever the server's or the login's own settings are. */
const SESSION =
  "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=60000 -c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c bytea_output=hex -c extra_float_digits=1 -c client_encoding=UTF8";

/** One transaction of the admin's: committed when `work` is done, rolled back when it throws. */
export async function inTransaction<T>(adminUrl: string, mode: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: adminUrl,
    options: SESSION,
    application_name: "gongjian-backup",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(`BEGIN TRANSACTION ${mode}`);
    await client.query(MIGRATORS_WAIT);
    const done = await work(client);
    await client.query("COMMIT");
    return done;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const TABLES = `
  SELECT n.nspname AS schema, c.relname AS name,
    array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> $2
  GROUP BY n.nspname, c.relname ORDER BY array_position($1, n.nspname::text), c.relname`;

/** All tables of the schemas but the lists of migrations. */
export const tablesOf = async (client: Client): Promise<Table[]> => (await client.query<Table>(TABLES, [SCHEMAS, MIGRATIONS_TABLE])).rows;

export type Migrations = Record<string, string[]>;

/** The migrations that each schema has had, in their order; a schema that is not there has none. */
export async function migrationsOf(client: Client): Promise<Migrations> {
  const found: Migrations = {};
  for (const schema of SCHEMAS) {
    const table = `${quoteName(schema)}.${MIGRATIONS_TABLE}`;
    const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [table]);
    found[schema] = rows[0]?.there
      ? (await client.query<{ name: string }>(`SELECT name FROM ${table} ORDER BY id`)).rows.map(({ name }) => name)
      : [];
  }
  return found;
}

export interface Sequence {
  schema: string;
  name: string;
  /** Null when it has not been used. */
  last: string | null;
}

export const sequencesOf = async (client: Client): Promise<Sequence[]> =>
  (
    await client.query<Sequence>(
      "SELECT schemaname AS schema, sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = ANY ($1) AND sequencename <> $2 ORDER BY 1, 2",
      [SCHEMAS, `${MIGRATIONS_TABLE}_id_seq`],
    )
  ).rows;
