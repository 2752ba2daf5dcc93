import { parse, type Options } from "csv-parse/sync";
import { ImportFileError } from "../errors";
import type { RawCell, RawRow, RawSheet } from "./sheet";

export const DELIMITERS = [",", ";", "\t"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const options = (delimiter: string): Options => ({
  delimiter,
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  skip_empty_lines: false,
});

/** Excel's own hint, a first line `sep=;`, which it does not count as a row. */
const HINT = /^sep=(.)(?:\r\n|\n|\r)/i;

/**
 * Rows of a delimited text. Of several possible delimiters the one whose rows `score` best is taken, the comma first. Row
 * numbers are those of a spreadsheet: a line break inside quotes starts no row, an empty line is one.
 */
export function readCsv(text: string, maxRows: number, score: (sheet: RawSheet) => number, asked?: Delimiter): RawSheet {
  const hint = HINT.exec(text);
  const body = hint ? text.slice(hint[0].length) : text;
  const delimiter = asked ?? hint?.[1] ?? detectDelimiter(body, score).delimiter;
  const records = parseRecords(body, delimiter, maxRows + 1);
  if (records.length > maxRows) throw new ImportFileError("TOO_MANY_ROWS", { maxRows });
  return sheetOf(records);
}

function parseRecords(text: string, delimiter: string, limit: number): string[][] {
  try {
    return parse(text, { ...options(delimiter), to: limit }) as string[][];
  } catch (error) {
    throw new ImportFileError("CORRUPT_FILE", lineOf(error), { cause: error });
  }
}

const lineOf = (error: unknown): Record<string, number> => {
  const lines = (error as { lines?: unknown } | null)?.lines;
  return typeof lines === "number" ? { line: lines } : {};
};

/** The best score that the beginning of a text has under any delimiter; 0 where it is no table. */
export function bestScore(text: string, score: (sheet: RawSheet) => number): number {
  return detectDelimiter(text, score).score;
}

function detectDelimiter(text: string, score: (sheet: RawSheet) => number): { delimiter: string; score: number } {
  let best: { delimiter: string; score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    try {
      const found = score(sheetOf(parseRecords(text, delimiter, 50)));
      if (found > best.score) best = { delimiter, score: found };
    } catch {
      // Quotes that make no sense with this delimiter: not this one.
    }
  }
  return best;
}

function sheetOf(records: readonly string[][]): RawSheet {
  const rows: RawRow[] = [];
  for (const [index, record] of records.entries()) {
    const cells: (RawCell | undefined)[] = [];
    for (const [column, text] of record.entries()) if (text !== "") cells[column] = csvCell(text);
    if (cells.length > 0) rows.push({ row: index + 1, cells });
  }
  return { name: null, origin: "csv", rows, merges: [], hiddenRows: new Set(), hiddenColumns: new Set(), date1904: false };
}

/** What a spreadsheet would take for a formula; full-width signs included, which Chinese and Japanese Excel also take. */
const ACTIVE = /^'*[=+\-@＝＋－＠\t\r]/;

/** Makes text harmless in a CSV that a spreadsheet opens: an apostrophe goes before = + - @. `unquoteActive` undoes it. */
export const quoteActive = (text: string): string => (ACTIVE.test(text) ? `'${text}` : text);

const unquoteActive = (text: string): string => (text.startsWith("'") && ACTIVE.test(text) ? text.slice(1) : text);

function csvCell(text: string): RawCell {
  const literal = /^="([^"]*)"$/.exec(text);
  // ="0012" is how programs keep a leading zero: it shows what it holds.
  if (literal) return { type: "text", text: literal[1] ?? "" };
  if (/^[=＝]/.test(text)) return { type: "formula", shown: text };
  if (/^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/.test(text.trim())) return { type: "error", shown: text.trim() };
  return { type: "text", text: unquoteActive(text) };
}
