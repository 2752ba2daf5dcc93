import { createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { Failure } from "../failure";
import { columnsSql, inTransaction, migrationsOf, sequencesOf, type Table, tableSql, tablesOf } from "./catalog";
import { END_OF_ROWS, FORMAT, FORMAT_VERSION, type Header, Summing } from "./file";

export interface BackupReport {
  tables: number;
  rows: number;
}

const jsonLine = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

async function* tableOf(client: Client, table: Table, report: BackupReport): AsyncGenerator<Buffer> {
  const summing = new Summing();
  yield jsonLine(table);
  const rows = client.query(copyTo(`COPY (SELECT ${columnsSql(table)} FROM ${tableSql(table)}) TO STDOUT`));
  for await (const chunk of rows) yield summing.add(chunk as Buffer);
  yield Buffer.from(END_OF_ROWS);
  yield jsonLine(summing.sum());
  report.tables += 1;
  report.rows += summing.rows;
}

async function* backupOf(client: Client, report: BackupReport): AsyncGenerator<Buffer> {
  const migrations = await migrationsOf(client);
  const without = Object.entries(migrations).filter(([, names]) => names.length === 0);
  if (without.length > 0)
    throw new Failure(`There is nothing to back up: ${without.map(([schema]) => schema).join(", ")} has no tables yet.`);
  const { rows } = await client.query<{ at: Date }>("SELECT now() AS at");
  const header: Header = {
    format: FORMAT,
    version: FORMAT_VERSION,
    at: rows[0]!.at.toISOString(),
    migrations,
    sequences: await sequencesOf(client),
  };
  yield jsonLine(header);
  for (const table of await tablesOf(client)) yield* tableOf(client, table, report);
  yield jsonLine({ tables: report.tables });
}

/**
 * Writes all that the subgraphs keep, as it was at one moment, into a file that only its owner may read; those who use the database
 * meanwhile are not held up. The file appears whole or not at all. @throws Failure when there is a file of that name
 */
export async function writeBackup(adminUrl: string, file: string): Promise<BackupReport> {
  if (existsSync(file)) throw new Failure(`${file} is there already; a backup does not write over a file.`);
  const report: BackupReport = { tables: 0, rows: 0 };
  const partial = `${file}.${process.pid}.partial`;
  try {
    await inTransaction(adminUrl, "ISOLATION LEVEL REPEATABLE READ READ ONLY", (client) =>
      pipeline(backupOf(client, report), createGzip(), createWriteStream(partial, { mode: 0o600, flags: "wx", flush: true })),
    );
    renameSync(partial, file);
    return report;
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
