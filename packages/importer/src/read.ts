import { extname } from "node:path";
import { isTimeZone } from "./cells/date";
import type { RowValues, TableDefinition } from "./definition";
import { ImportFileError } from "./errors";
import { bestScore, type Delimiter, readCsv } from "./files/csv";
import { decodeText, type Encoding } from "./files/encoding";
import { readJson } from "./files/json";
import { address, type RawSheet } from "./files/sheet";
import { readXls, readXlsx } from "./files/workbook";
import { findHeader, type FoundHeader } from "./header";
import { type Problem, problemAt } from "./problem";
import { RowChecker } from "./rows";

export interface ReadOptions {
  /** Encoding of a CSV or JSON file that has no byte order mark; detected (UTF-8, GB18030, Big5, UTF-16) when left out. */
  encoding?: Encoding;
  /** Delimiter of a CSV file; detected when left out. */
  delimiter?: Delimiter;
  /** Name of the sheet to read; the one whose headings fit best when left out. */
  sheet?: string;
  /** IANA zone of times written without an offset where the row names none; Asia/Shanghai when left out. */
  timeZone?: string;
  /** Bytes of the file; 16 MiB when left out. */
  maxBytes?: number;
  /** Bytes of a workbook's unpacked parts; 128 MiB when left out. */
  maxUnpackedBytes?: number;
  /** Rows below the header; 50,000 when left out. */
  maxRows?: number;
}

export interface Summary {
  /** Rows with content below the header. */
  rows: number;
  good: number;
  bad: number;
  errors: number;
  warnings: number;
}

export interface ReadResult<Row = RowValues> {
  /** The good rows. Where the header itself is wrong there are none. */
  rows: { row: number; values: Row }[];
  /** Everything found wrong, in order of rows. */
  problems: Problem[];
  unknownHeadings: string[];
  /** Null for workbooks. */
  encoding: Encoding | null;
  /** Null for CSV and JSON. */
  sheet: string | null;
  summary: Summary;
}

const DEFAULTS = { maxBytes: 16 * 2 ** 20, maxUnpackedBytes: 128 * 2 ** 20, maxRows: 50_000, timeZone: "Asia/Shanghai" };

/** Rows of a CSV, blank ones included, that may come on top of `maxRows`. */
const HEADROOM = 1_000;

/**
 * Reads a CSV, XLSX, XLS, JSON or GeoJSON file into checked rows of `definition`. Every row's problems are collected, with the row
 * numbers that the person sees. Throws `ImportFileError`, and nothing else, when the file as a whole cannot be read.
 */
export async function readTable<Row = RowValues>(
  definition: TableDefinition<Row>,
  bytes: Buffer,
  fileName: string,
  options: ReadOptions = {},
): Promise<ReadResult<Row>> {
  const limits = { ...DEFAULTS, ...definedOnly(options) };
  if (!isTimeZone(limits.timeZone)) throw new RangeError("timeZone is not an IANA time zone");
  if (bytes.length > limits.maxBytes) throw new ImportFileError("FILE_TOO_LARGE", { bytes: bytes.length, maxBytes: limits.maxBytes });
  const { sheets, encoding, certain } = await readSheets(definition, bytes, fileName, limits);
  const { sheet, found, others } = chooseSheet(definition, sheets, options.sheet);
  const { header } = found;
  const checker = new RowChecker(definition, sheet, header, limits.timeZone);
  if (checker.rowCount > limits.maxRows) throw new ImportFileError("TOO_MANY_ROWS", { rows: checker.rowCount, maxRows: limits.maxRows });
  const checked = checker.check();

  const guessed = encoding === null || certain ? [] : [problemAt({ row: 0, column: null }, "ENCODING_GUESSED", { encoding })];
  const headerProblems = [...guessed, ...problemsOfHeader(definition, sheet, found), ...problemsAround(sheet, found, others, checked.read)];
  const isUsable = !headerProblems.some(({ severity }) => severity === "error");
  const problems = [...headerProblems, ...checked.problems.sort((a, b) => a.row - b.row)];
  const rows = isUsable ? (checked.rows as { row: number; values: Row }[]) : [];
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return {
    rows,
    problems,
    unknownHeadings: header.unknown.map(({ heading }) => heading),
    encoding,
    sheet: sheet.name,
    summary: { rows: checked.read, good: rows.length, bad: checked.read - rows.length, errors, warnings: problems.length - errors },
  };
}

const definedOnly = <T extends object>(options: T): T =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;

type Limits = ReadOptions & typeof DEFAULTS;

const ZIP = [0x50, 0x4b];
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const startsWith = (bytes: Buffer, magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte);

async function readSheets(
  definition: TableDefinition<unknown>,
  bytes: Buffer,
  fileName: string,
  limits: Limits,
): Promise<{ sheets: RawSheet[]; encoding: Encoding | null; certain: boolean }> {
  if (bytes.length === 0) throw new ImportFileError("EMPTY_FILE");
  const extension = extname(fileName).toLowerCase();
  // Content decides before the name: people rename files.
  if (startsWith(bytes, ZIP)) return { sheets: await readXlsx(bytes, limits.maxUnpackedBytes), encoding: null, certain: true };
  if (startsWith(bytes, COMPOUND)) return { sheets: await readXls(bytes), encoding: null, certain: true };
  const score = (sheet: RawSheet) => findHeader(definition, sheet)?.score ?? 0;
  const isJson = extension === ".json" || extension === ".geojson";
  const known = (text: string) => (isJson ? 0 : bestScore(text, score));
  const { text, encoding, certain } = textOf(bytes, extension, limits.encoding, known);
  if (isJson) return { sheets: [readJson(text, limits.maxRows)], encoding, certain };
  return { sheets: [readCsv(text, limits.maxRows + HEADROOM, score, limits.delimiter)], encoding, certain };
}

function textOf(bytes: Buffer, extension: string, asked: Encoding | undefined, known: (text: string) => number) {
  const isWorkbookName = /^\.(xlsx|xlsm|xls|et)$/.test(extension);
  const start = bytes
    .subarray(0, 200)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart();
  // Some systems export a web page and call it .xls.
  if (start.startsWith("<") || start.startsWith("%PDF") || start.startsWith("{\\rtf")) throw new ImportFileError("UNSUPPORTED_FORMAT");
  if (isWorkbookName) throw new ImportFileError("CORRUPT_FILE");
  const decoded = decodeText(bytes, asked, known);
  if (decoded.text.trim() === "") throw new ImportFileError("EMPTY_FILE");
  return decoded;
}

interface Candidate {
  sheet: RawSheet;
  found: FoundHeader;
}

function chooseSheet(
  definition: TableDefinition<unknown>,
  sheets: readonly RawSheet[],
  wanted: string | undefined,
): Candidate & { others: Candidate[] } {
  const named = wanted === undefined ? sheets : sheets.filter(({ name }) => name === wanted);
  if (wanted !== undefined && named.length === 0) throw new ImportFileError("NO_SUCH_SHEET", { sheet: wanted });
  if (named.every(({ rows }) => rows.length === 0)) throw new ImportFileError("EMPTY_FILE");
  const candidates = named.flatMap((sheet) => {
    const found = findHeader(definition, sheet);
    return found ? [{ sheet, found }] : [];
  });
  const best = candidates.reduce<Candidate | null>((top, next) => (top && top.found.score >= next.found.score ? top : next), null);
  if (!best) throw new ImportFileError("NO_HEADER");
  return { ...best, others: candidates.filter((candidate) => candidate !== best) };
}

function problemsOfHeader(definition: TableDefinition<unknown>, sheet: RawSheet, { header }: FoundHeader): Problem[] {
  const place = (index: number, column: string | null) => ({
    row: header.row,
    column,
    ...(sheet.origin === "json" ? {} : { cell: address(header.row, index) }),
  });
  const found = new Set(header.columns.map((column) => column.definition.key));
  const missing = definition.columns.filter(({ key, required }) => required && !found.has(key));
  // a merged heading hides the ones it covers, and their columns would be dropped unseen
  const merged = sheet.merges.filter(
    ({ top, bottom, left, right }) =>
      top <= header.row &&
      header.row <= bottom &&
      right > left &&
      header.columns.some(({ index }) => index + 1 >= left && index + 1 <= right),
  );
  return [
    ...merged.map(({ top, left, bottom, right }) =>
      problemAt(place(left - 1, null), "MERGED_CELLS", { range: `${address(top, left - 1)}:${address(bottom, right - 1)}` }),
    ),
    ...missing.map(({ key, heading }) => problemAt({ row: header.row, column: key }, "MISSING_COLUMN", { heading })),
    ...header.duplicates.map(({ column, first }) =>
      problemAt(place(column.index, column.definition.key), "DUPLICATE_HEADING", {
        heading: column.heading,
        other: sheet.origin === "json" ? first.heading : address(header.row, first.index),
      }),
    ),
    ...header.unknown.map(({ index, heading }) => problemAt(place(index, null), "UNKNOWN_COLUMN", { heading })),
    ...header.columns
      .filter(({ index }) => sheet.hiddenColumns.has(index + 1))
      .map(({ index, heading, definition: { key } }) => problemAt(place(index, key), "HIDDEN_COLUMN", { heading })),
  ];
}

/** A second sheet that fits, hidden rows, no rows at all: worth a warning, since what was read is less than is there, or more than is seen. */
function problemsAround(sheet: RawSheet, found: FoundHeader, others: readonly Candidate[], read: number): Problem[] {
  const problems: Problem[] = [];
  for (const other of others) {
    if (other.found.score < found.score / 2 || other.sheet.rows.at(-1)?.row === other.found.header.row) continue;
    problems.push(problemAt({ row: 0, column: null }, "SHEET_IGNORED", { sheet: other.sheet.name ?? "" }));
  }
  const hidden = sheet.rows.filter(({ row }) => row > found.header.row && sheet.hiddenRows.has(row));
  const first = hidden[0];
  if (first) problems.push(problemAt({ row: first.row, column: null }, "HIDDEN_ROWS", { count: hidden.length }));
  if (read === 0) problems.push(problemAt({ row: found.header.row, column: null }, "NO_ROWS"));
  return problems;
}
