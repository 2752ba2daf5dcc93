import { writeFileSync } from "node:fs";
import { writeGeoJson, writeTable } from "@gongjian/importer";
import { type Command, Option } from "commander";
import { askInProcess, askRemote, type Ask } from "../import/ask";
import { EXPORTS, EXPORT_NAMES } from "../import/exports";
import { Failure } from "../failure";
import { withPlatform } from "../platform/session";

interface Options {
  round?: string;
  within?: string;
  format: "csv" | "xlsx" | "geojson";
  out?: string;
  url?: string;
  token?: string;
}

async function write(table: string, options: Options, ask: Ask): Promise<void> {
  const found = EXPORTS[table];
  if (!found) throw new Failure(`There is no export of ${table}. There are ${EXPORT_NAMES.join(", ")}.`);
  const { format } = options;
  const of = options[found.of];
  if (of === undefined) throw new Failure(`Say of what: gongjian export ${table} --${found.of} <${found.of === "round" ? "key" : "code"}>`);
  if (format === "geojson" && !found.places) throw new Failure(`Only places can be written as GeoJSON, and ${table} are none.`);
  const rows = await found.rows(ask, of);
  const file = options.out ?? `${table}-${of}.${format}`;
  writeFileSync(file, format === "geojson" ? writeGeoJson(rows) : await writeTable(found.definition, rows, { format }));
  process.stdout.write(`Wrote ${rows.length} rows to ${file}\n`);
}

export const addExport = (program: Command): void => {
  program
    .command("export")
    .description(
      "write a round's list, or the facilities, practices, adoptions or honours of a region, as a file that can be changed and imported again",
    )
    .argument("<table>", `one of ${EXPORT_NAMES.join(", ")}`)
    .option("--round <key>", "needs and offers: the key of the round")
    .option("--within <code>", "facilities, practices, adoptions and honours: the code of the region")
    .addOption(new Option("--format <format>", "the kind of file").choices(["csv", "xlsx", "geojson"]).default("xlsx"))
    .option("--out <file>", "where to write it")
    .option("--url <url>", "a platform that runs somewhere else; its /graphql")
    .option("--token <token>", "the bearer token for --url")
    .action(async (table: string, options: Options) =>
      options.url
        ? write(table, options, askRemote(options.url, options.token))
        : withPlatform("export", ({ platform }) => write(table, options, askInProcess(platform))),
    );
};
