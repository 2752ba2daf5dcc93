import { writeFileSync } from "node:fs";
import { writeTemplate } from "@gongjian/importer";
import { type Command, Option } from "commander";
import { tableNamed, TABLE_NAMES } from "../import/tables";

export const addTemplate = (program: Command): void => {
  program
    .command("template")
    .description("write a sheet that office workers can fill in")
    .argument("<table>", `one of ${TABLE_NAMES.join(", ")}`)
    .addOption(new Option("--format <format>", "the kind of file").choices(["xlsx", "csv"]).default("xlsx"))
    .option("--out <file>", "where to write it; <table>-template.<format> in the current folder when left out")
    .action(async (table: string, options: { format: "xlsx" | "csv"; out?: string }) => {
      const { definition } = tableNamed(table);
      const file = options.out ?? `${table}-template.${options.format}`;
      writeFileSync(file, await writeTemplate(definition, options.format));
      process.stdout.write(`Wrote ${file}\n`);
    });
};
