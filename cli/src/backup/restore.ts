import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constraintOf, quoteName } from "@gongjian/database";
import { type Client, escapeIdentifier } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { Failure } from "../failure";
import { SUBGRAPHS } from "../platform/subgraphs";
import {
  columnsSql,
  inTransaction,
  type Migrations,
  migrationsOf,
  nameOf,
  SCHEMAS,
  type Sequence,
  sequencesOf,
  type Table,
  tableSql,
  tablesOf,
} from "./catalog";
import { BackupReader, type Header, Summing } from "./file";
import type { BackupReport } from "./write";

/** Runs those migrations of each schema that are named, or all of them. */
export type Migrate = (only?: Migrations) => Promise<unknown>;

const WRITING = "ISOLATION LEVEL READ COMMITTED";
/** One row of the chain's head stands in an empty database too. */
const NEVER_EMPTY = "audit_head";

async function refuseWhileInUse(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT DISTINCT application_name AS name FROM pg_stat_activity WHERE datname = current_database() AND application_name = ANY ($1)",
    [SCHEMAS.map((schema) => `gongjian-${schema}`)],
  );
  if (rows.length > 0)
    throw new Failure(
      `${rows.map(({ name }) => name).join(", ")} are connected to the database: stop the services first. Nothing was changed.`,
    );
}

async function firstFilled(client: Client): Promise<string | null> {
  for (const table of await tablesOf(client)) {
    if (table.name === NEVER_EMPTY) continue;
    const { rows } = await client.query<{ filled: boolean }>(`SELECT EXISTS (SELECT FROM ${tableSql(table)}) AS filled`);
    if (rows[0]!.filled) return nameOf(table);
  }
  return null;
}

const same = (one: Migrations, other: Migrations): boolean =>
  SCHEMAS.every((schema) => [...(one[schema] ?? [])].sort().join() === [...(other[schema] ?? [])].sort().join());

function refuseNewer(file: string, { migrations }: Header): void {
  const unknown = SUBGRAPHS.flatMap(({ name, migrations: known }) =>
    (migrations[name] ?? []).filter((migration) => !known.some((one) => one.name === migration)),
  );
  if (unknown.length > 0)
    throw new Failure(`${file} was made by a newer gongjian, with ${unknown.join(", ")}: restore it with that one. Nothing was changed.`);
}

/** Brings the schemas to what the backup's were, without touching a row that somebody wrote. */
async function fitSchemas(adminUrl: string, header: Header, replace: boolean, migrate: Migrate): Promise<void> {
  const isFit = await inTransaction(adminUrl, WRITING, async (client) => {
    await refuseWhileInUse(client);
    const filled = await firstFilled(client);
    const fits = same(await migrationsOf(client), header.migrations);
    if (filled !== null && !replace)
      throw new Failure(`The database is not empty (${filled} has rows). Pass --replace to put the backup in the place of what is there.`);
    if (filled !== null && !fits)
      throw new Failure(
        "The backup is of an older version than the database that is there. Restore it into an empty database (or an empty DATA_DIR), which is then brought up to date. Nothing was changed.",
      );
    if (!fits) for (const schema of SCHEMAS) await client.query(`DROP SCHEMA IF EXISTS ${quoteName(schema)} CASCADE`);
    return fits;
  });
  if (!isFit) await migrate(header.migrations);
}

interface ForeignKey {
  schema: string;
  table: string;
  name: string;
  definition: string;
}

/** Foreign keys are taken off and put on again, which checks every row: the order in which tables are filled does not matter. */
async function withoutForeignKeys(client: Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT n.nspname AS schema, c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype = 'f' AND k.conparentid = 0 AND n.nspname = ANY ($1) ORDER BY 1, 2, 3`,
    [SCHEMAS],
  );
  const alter = ({ schema, table }: ForeignKey): string => `ALTER TABLE ${tableSql({ schema, name: table })}`;
  for (const key of rows) await client.query(`${alter(key)} DROP CONSTRAINT ${escapeIdentifier(key.name)}`);
  await work();
  for (const key of rows) await client.query(`${alter(key)} ADD CONSTRAINT ${escapeIdentifier(key.name)} ${key.definition}`);
}

async function fill(client: Client, reader: BackupReader, tables: readonly Table[], file: string): Promise<BackupReport> {
  const report: BackupReport = { tables: 0, rows: 0 };
  const open = new Map(tables.map((table) => [nameOf(table), table]));
  for (let next = await reader.table(0); next !== null; next = await reader.table(report.tables)) {
    const known = open.get(nameOf(next));
    if (!known || [...known.columns].sort().join() !== [...next.columns].sort().join())
      throw new Failure(`${file} has ${known ? "other columns of" : "a table that is not here,"} ${nameOf(next)}. Nothing was changed.`);
    open.delete(nameOf(next));
    const summing = new Summing();
    const rows = reader.rows();
    const summed = async function* () {
      for await (const chunk of rows) yield summing.add(chunk);
    };
    await pipeline(
      Readable.from(summed(), { objectMode: false }),
      client.query(copyFrom(`COPY ${tableSql(next)} (${columnsSql(next)}) FROM STDIN`)),
    );
    await reader.check(summing.sum(), nameOf(next));
    report.tables += 1;
    report.rows += summing.rows;
  }
  if (open.size > 0) throw new Failure(`${file} lacks the tables ${[...open.keys()].join(", ")}. Nothing was changed.`);
  return report;
}

async function setSequences(client: Client, wanted: readonly Sequence[]): Promise<void> {
  for (const { schema, name } of await sequencesOf(client)) {
    const last = wanted.find((sequence) => sequence.schema === schema && sequence.name === name)?.last;
    const sequence = `${quoteName(schema)}.${escapeIdentifier(name)}`;
    if (last === null || last === undefined) await client.query(`ALTER SEQUENCE ${sequence} RESTART`);
    else await client.query("SELECT setval($1::regclass, $2)", [sequence, last]);
  }
}

/** Fills all tables in one transaction: triggers rest, for what the backup has is kept as it was, the audit chain above all. */
async function load(adminUrl: string, reader: BackupReader, header: Header, file: string): Promise<BackupReport> {
  return inTransaction(adminUrl, WRITING, async (client) => {
    const tables = await tablesOf(client);
    const all = tables.map(tableSql);
    let report: BackupReport | undefined;
    await withoutForeignKeys(client, async () => {
      for (const table of all) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await client.query(`TRUNCATE ${all.join(", ")}`);
      report = await fill(client, reader, tables, file);
      for (const table of all) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    });
    await setSequences(client, header.sequences);
    for (const table of all) await client.query(`ANALYZE ${table}`);
    return report!;
  });
}

/**
 * Puts a backup into an empty database, or with `replace` in the place of what is there: wholly or not at all. A backup of an older
 * version is brought up to date afterwards. @throws Failure naming what is wrong with the file or in the way
 */
export async function restoreBackup(
  adminUrl: string,
  file: string,
  replace: boolean,
  migrate: Migrate,
): Promise<BackupReport & { at: string }> {
  const reader = new BackupReader(file);
  const header = await reader.header();
  refuseNewer(file, header);
  await fitSchemas(adminUrl, header, replace, migrate);
  const report = await load(adminUrl, reader, header, file).catch((error: unknown) => {
    const broken = constraintOf(error);
    throw broken?.constraint ? new Failure(`Rows of ${file} break ${broken.constraint}. Nothing was changed.`) : error;
  });
  await migrate();
  return { ...report, at: header.at };
}
