import { writeFileSync } from "node:fs";
import { writeTable } from "@gongjian/importer";
import { type Command, Option } from "commander";
import { askInProcess, askRemote, type Ask } from "../import/ask";
import { EXPORTS, EXPORT_NAMES, featureCollection, type Export } from "../import/exports";
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

interface Written {
  rows: number;
  bytes: Buffer;
}

async function places(table: string, { features }: Export, ask: Ask, of: string): Promise<Written> {
  if (!features) throw new Failure(`Only places can be written as GeoJSON, and ${table} are none.`);
  const found = await features(ask, of);
  return { rows: found.length, bytes: featureCollection(found) };
}

async function sheet({ rows, definition }: Export, ask: Ask, of: string, format: "csv" | "xlsx"): Promise<Written> {
  const found = await rows(ask, of);
  return { rows: found.length, bytes: await writeTable(definition, found, { format }) };
}

async function write(table: string, options: Options, ask: Ask): Promise<void> {
  const found = EXPORTS[table];
  if (!found) throw new Failure(`There is no export of ${table}. There are ${EXPORT_NAMES.join(", ")}.`);
  const { format } = options;
  const of = options[found.of];
  if (of === undefined) throw new Failure(`Say of what: gongjian export ${table} --${found.of} <${found.of === "round" ? "key" : "code"}>`);
  const file = options.out ?? `${table}-${of}.${format}`;
  const { rows, bytes } = format === "geojson" ? await places(table, found, ask, of) : await sheet(found, ask, of, format);
  writeFileSync(file, bytes);
  process.stdout.write(`Wrote ${rows} rows to ${file}\n`);
}

export const addExport = (program: Command): void => {
  program
    .command("export")
    .description(
      "write a round's list, or the facilities, practices, adoptions, honours or traits of a region, as a file that can be changed and imported again",
    )
    .argument("<table>", `one of ${EXPORT_NAMES.join(", ")}`)
    .option("--round <key>", "needs and offers: the key of the round")
    .option("--within <code>", "facilities, practices, adoptions, honours and traits: the code of the region")
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
