import { writeFileSync } from "node:fs";
import { writeTable } from "@gongjian/importer";
import { type Command, Option } from "commander";
import { askInProcess, askRemote, type Ask } from "../import/ask";
import { EXPORTS, EXPORT_NAMES } from "../import/exports";
import { Failure } from "../failure";
import { withPlatform } from "../platform/session";

interface Options {
  round: string;
  format: "csv" | "xlsx";
  out?: string;
  url?: string;
  token?: string;
}

async function write(table: string, options: Options, ask: Ask): Promise<void> {
  const found = EXPORTS[table];
  if (!found) throw new Failure(`There is no export of ${table}. There are ${EXPORT_NAMES.join(", ")}.`);
  const rows = await found.rows(ask, options.round);
  const file = options.out ?? `${table}-${options.round}.${options.format}`;
  writeFileSync(file, await writeTable(found.definition, rows, { format: options.format }));
  process.stdout.write(`Wrote ${rows.length} rows to ${file}\n`);
}

export const addExport = (program: Command): void => {
  program
    .command("export")
    .description("write a round's list as a sheet that can be changed and imported again")
    .argument("<table>", `one of ${EXPORT_NAMES.join(", ")}`)
    .requiredOption("--round <key>", "the key of the round")
    .addOption(new Option("--format <format>", "the kind of file").choices(["csv", "xlsx"]).default("xlsx"))
    .option("--out <file>", "where to write it")
    .option("--url <url>", "a platform that runs somewhere else; its /graphql")
    .option("--token <token>", "the bearer token for --url")
    .action(async (table: string, options: Options) =>
      options.url
        ? write(table, options, askRemote(options.url, options.token))
        : withPlatform("export", ({ platform }) => write(table, options, askInProcess(platform))),
    );
};
