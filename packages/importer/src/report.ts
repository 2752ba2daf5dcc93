import type { Bilingual, TableShape } from "./definition";
import type { FileErrorCode, ImportFileError } from "./errors";
import type { Severity } from "./problem";
import type { Summary } from "./read";

export type Language = keyof Bilingual;

/** What of a problem is told to people; a `Problem`, or one that somebody else than the reader has found. */
export interface Reported {
  /** 0 when it is about no row. */
  row: number;
  column: string | null;
  cell?: string;
  code: string;
  severity: Severity;
  message: Bilingual;
  value?: string;
}

/** Problems in the order of the file: those of no row first, then row by row, in a row column by column. */
export function inFileOrder<P extends Pick<Reported, "row" | "column">>(problems: readonly P[], table: Pick<TableShape, "columns">): P[] {
  const order = new Map(table.columns.map(({ key }, index) => [key, index]));
  const rank = ({ column }: P): number => (column === null ? -1 : (order.get(column) ?? table.columns.length));
  return [...problems].sort((a, b) => a.row - b.row || rank(a) - rank(b));
}

/** Problems as lines for people, `row 12, column 预算上限 (budgetMax): …`, or as one JSON array for programs. */
export function formatProblems(
  problems: readonly Reported[],
  format: "text" | "json",
  { language = "en", table }: { language?: Language; table?: Pick<TableShape, "columns"> } = {},
): string {
  if (format === "json") return JSON.stringify(problems, null, 2);
  return problems.map((problem) => line(problem, language, table)).join("\n");
}

function line(
  { row, cell, column, code, severity, message, value }: Reported,
  language: Language,
  table?: Pick<TableShape, "columns">,
): string {
  const heading = table?.columns.find(({ key }) => key === column)?.heading;
  const shown = value === undefined ? null : value.replace(/\s+/g, " ");
  if (language === "zh") {
    const place = [row > 0 ? `第 ${row} 行` : "文件", column && (heading ? `“${heading}”列（${column}）` : `${column} 列`), cell];
    const kind = severity === "warning" ? "提醒：" : "";
    return `${place.filter(Boolean).join("，")}：${kind}${message.zh}${shown === null ? "" : `〔${shown}〕`} [${code}]`;
  }
  const place = [row > 0 ? `row ${row}` : "the file", column && (heading ? `column ${heading} (${column})` : `column ${column}`), cell];
  const kind = severity === "warning" ? "warning: " : "";
  return `${place.filter(Boolean).join(", ")}: ${kind}${message.en}${shown === null ? "" : ` "${shown}"`} [${code}]`;
}

/** One line on how many rows were read, good and bad. */
export function formatSummary({ rows, good, bad, errors, warnings }: Summary, language: Language = "en"): string {
  return language === "zh"
    ? `${rows} 行：${good} 行可用，${bad} 行有误（${errors} 处错误，${warnings} 处提醒）`
    : `${rows} rows: ${good} good, ${bad} bad (${errors} errors, ${warnings} warnings)`;
}

type Detail = Readonly<Record<string, string | number>>;

const mebibytes = (bytes: string | number | undefined): string => `${Math.round(Number(bytes) / 2 ** 20)} MiB`;

const DETAILS: Partial<Record<FileErrorCode, (detail: Detail) => Bilingual | null>> = {
  FILE_TOO_LARGE: ({ bytes, maxBytes }) => ({
    zh: `${mebibytes(bytes)}，最多 ${mebibytes(maxBytes)}`,
    en: `${mebibytes(bytes)}, at most ${mebibytes(maxBytes)}`,
  }),
  TOO_MANY_ROWS: ({ maxRows }) => ({ zh: `最多 ${maxRows} 行`, en: `at most ${maxRows}` }),
  CORRUPT_FILE: ({ line: at }) => (at === undefined ? null : { zh: `第 ${at} 行附近`, en: `near line ${at}` }),
  NO_SUCH_SHEET: ({ sheet }) => ({ zh: String(sheet), en: String(sheet) }),
  UNDECODABLE: ({ encoding }) => ({ zh: `试过 ${encoding}`, en: `tried ${encoding}` }),
};

/** Why a file could not be read, as one line. */
export function formatFileError(error: ImportFileError, language: Language = "en"): string {
  const detail = DETAILS[error.code]?.(error.detail)?.[language];
  if (language === "zh") return `文件：${error.zh}${detail ? `（${detail}）` : ""} [${error.code}]`;
  return `the file: ${error.en}${detail ? ` (${detail})` : ""} [${error.code}]`;
}
