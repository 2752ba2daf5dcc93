import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { Client } from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { loadRegister } from "../cli/src/register/load";
import { countryRegister, type Register, subsetRegister } from "../cli/src/register/source";
import type { Installation } from "./installation";
import { median, type Row } from "./table";

const RUNS = 3;
const TABLES = ["region", "community"] as const;

/** Seconds for the same rows, ready-made, through COPY into tables that have nothing but columns. */
async function bareCopy(adminUrl: string): Promise<number> {
  const client = new Client({ connectionString: adminUrl, options: "-c statement_timeout=0" });
  await client.connect();
  try {
    let seconds = 0;
    for (const table of TABLES) {
      const parts: Buffer[] = [];
      for await (const part of client.query(copyTo(`COPY communities.${table} TO STDOUT`))) parts.push(part as Buffer);
      await client.query(`CREATE TABLE public.bare_${table} AS TABLE communities.${table} WITH NO DATA`);
      const start = performance.now();
      await pipeline(Readable.from(parts), client.query(copyFrom(`COPY public.bare_${table} FROM STDIN`)));
      seconds += (performance.now() - start) / 1000;
      await client.query(`DROP TABLE public.bare_${table}`);
    }
    return seconds;
  } finally {
    await client.end();
  }
}

interface Import {
  rows: number;
  seconds: number;
  bare: number;
}

async function importInto(adminUrl: string, register: Register): Promise<Import> {
  const start = performance.now();
  const { regions, communities } = await loadRegister(adminUrl, register);
  const seconds = (performance.now() - start) / 1000;
  return { rows: regions + communities, seconds, bare: await bareCopy(adminUrl) };
}

const perSecond = (rows: number, seconds: number): string => `${Math.round(rows / seconds).toLocaleString("en")} rows/s`;

function rowOf(title: string, imports: readonly Import[], note: string): Row {
  const { rows } = imports[0]!;
  const seconds = median(imports.map((one) => one.seconds));
  const bare = median(imports.map((one) => one.bare));
  return {
    name: `register import, ${title}: ${rows.toLocaleString("en")} rows in ${seconds.toFixed(1)} s`,
    value: perSecond(rows, seconds),
    reference: perSecond(rows, bare),
    ratio: bare / seconds,
    note,
  };
}

const AGAINST =
  "against COPY of the finished rows into a table without keys or indexes; ours also folds names, makes search keys, merges, indexes";

/** Chengdu and Beijing into fresh databases. */
export async function subsetImport({ another }: Installation): Promise<Row> {
  const imports: Import[] = [];
  for (let run = 0; run < RUNS; run++) imports.push(await importInto(await another(`bench_subset_${run}`), subsetRegister()));
  return rowOf("Chengdu and Beijing", imports, AGAINST);
}

/** The whole country from a folder with the unpacked npm package, into a fresh database, whose URL comes along. */
export async function countryImport({ another }: Installation, folder: string): Promise<{ row: Row; adminUrl: string }> {
  const adminUrl = await another("bench_country");
  return { row: rowOf("the whole country", [await importInto(adminUrl, countryRegister(folder))], AGAINST), adminUrl };
}
