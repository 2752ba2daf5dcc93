import { inFileOrder, readTable, type ReadOptions, type Reported, type RowValues } from "@gongjian/importer";
import { Failure } from "../failure";
import type { Ask } from "./ask";
import { settle } from "./settle";
import type { ImportTable } from "./rows";
import { bilingual, columnOf } from "./words";

export interface ImportOptions {
  dryRun: boolean;
  /** Write the good rows although others are bad. */
  skipBadRows: boolean;
  /** Goes with every part of the file, so that a repeated import after a lost connection writes nothing twice. */
  idempotencyKey?: string;
  read?: ReadOptions;
  /** Values for columns that a row leaves empty, e.g. the round of a list that does not name it. */
  defaults?: RowValues;
}

export interface ImportReport {
  /** What is wrong with the file and its rows, whoever found it (the reader, the look-up of names, the platform's own rules), in the order of the file. */
  problems: Reported[];
  /** How the text of the file was decoded; null for a workbook. */
  encoding: string | null;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** Whether the import went through. */
  written: boolean;
  /** Whether anything is other than before. */
  changed: boolean;
}

interface BulkRow {
  index: number;
  status: string;
  problems: { field: string; code: string; message: string }[];
}
interface Bulk {
  __typename: string;
  written: boolean;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  rows: BulkRow[];
}

/** Rows of one request: small enough for the default body limit. */
const AT_ONCE = 200;

const document = (mutation: string): string => {
  const input = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${input}!) { result: ${mutation}(input: $input) { __typename ... on BulkOutcome { written created updated unchanged refused rows { index status problems { field code message } } } } }`;
};

/**
 * Imports the rows of a file: reads and checks it, finds what its names stand for, lets the platform check every row, and only
 * when all are good (or bad rows are to be skipped) writes them, about 200 rows a transaction.
 */
export async function runImport(
  ask: Ask,
  table: ImportTable,
  bytes: Buffer,
  fileName: string,
  options: ImportOptions,
): Promise<ImportReport> {
  const read = await readTable(table.definition, bytes, fileName, options.read ?? {});
  const report: ImportReport = {
    problems: [...read.problems],
    encoding: read.encoding,
    rows: read.summary.rows,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: read.summary.bad,
    written: false,
    changed: false,
  };
  const broken = read.problems.some((problem) => problem.severity === "error");
  const filled = read.rows.map(({ row, values }) => ({ row, values: withDefaults(values, options.defaults) }));
  const complete = filled.filter(({ values }) => missing(table, values).length === 0);
  for (const { row, values } of filled) for (const column of missing(table, values)) report.problems.push(absent(row, column));
  report.refused += filled.length - complete.length;
  const { settled, problems } = await settle(ask, table, complete);
  report.problems.push(...problems);
  const unsettled = new Set(problems.map((problem) => problem.row));
  report.refused += unsettled.size;
  const rows = complete
    .filter(({ row }) => !unsettled.has(row))
    .map(({ row, values }) => ({ row, input: table.toInput(values, settled.get(row)!) }));

  const checked = await send(ask, table, rows, { dryRun: true });
  report.problems = inFileOrder([...report.problems, ...checked.problems], table.definition);
  Object.assign(report, {
    created: checked.created,
    updated: checked.updated,
    unchanged: checked.unchanged,
    refused: report.refused + checked.refused,
  });
  if (options.dryRun || ((broken || report.refused > 0) && !options.skipBadRows)) return report;

  const bad = new Set(checked.problems.filter(({ severity }) => severity === "error").map(({ row }) => row));
  const written = await send(
    ask,
    table,
    rows.filter(({ row }) => !bad.has(row)),
    { dryRun: false, ...(options.idempotencyKey && { idempotencyKey: options.idempotencyKey }) },
  );
  return {
    ...report,
    created: written.created,
    updated: written.updated,
    unchanged: written.unchanged,
    written: true,
    changed: written.changed,
  };
}

/** Columns that the file may leave out only because the command line can give them. */
const GIVEN = ["round"];

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === "";

const withDefaults = (values: RowValues, defaults: RowValues = {}): RowValues => ({
  ...values,
  ...Object.fromEntries(Object.entries(defaults).filter(([column]) => isEmpty(values[column]))),
});

const missing = (table: ImportTable, values: RowValues): string[] =>
  GIVEN.filter((column) => table.definition.columns.some(({ key }) => key === column) && isEmpty(values[column]));

const absent = (row: number, column: string): Reported => ({
  row,
  column,
  code: "REQUIRED",
  severity: "error",
  message: { zh: "此格必填，或用 --round 统一指定", en: "A value is required here, or for all rows with --round" },
});

const merged = (row: number): Reported => ({
  row,
  column: "key",
  code: "MERGED",
  severity: "warning",
  message: {
    zh: "该编号的记录已并入另一条，这一行没有改动那一条",
    en: "The record of this key was merged into another, which the row has not changed",
  },
});

type Sent = Pick<ImportReport, "created" | "updated" | "unchanged" | "refused" | "problems" | "changed">;

interface Line {
  row: number;
  input: Record<string, unknown>;
}

/** Cuts rows into parts of about 200, without separating what belongs together. */
export function inParts(rows: readonly Line[], together: string | undefined): Line[][] {
  if (rows.length === 0) return [];
  if (together === "*") return [[...rows]];
  const groups = new Map<unknown, Line[]>();
  for (const line of rows) {
    const key = together === undefined ? line.row : line.input[together];
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  const parts: Line[][] = [[]];
  for (const group of groups.values()) {
    const last = parts.at(-1)!;
    if (last.length > 0 && last.length + group.length > AT_ONCE) parts.push([...group]);
    else last.push(...group);
  }
  return parts;
}

async function send(
  ask: Ask,
  table: ImportTable,
  rows: readonly Line[],
  options: { dryRun: boolean; idempotencyKey?: string },
): Promise<Sent> {
  const total: Sent = { created: 0, updated: 0, unchanged: 0, refused: 0, problems: [], changed: false };
  for (const [index, part] of inParts(rows, table.together).entries()) {
    const input = {
      rows: part.map(({ input: values }) => values),
      dryRun: options.dryRun,
      skipBadRows: true,
      ...(options.idempotencyKey && { idempotencyKey: `${options.idempotencyKey}:${index}` }),
    };
    const { result } = await ask<{ result: Bulk }>(document(table.mutation), { input });
    if (result.__typename !== "BulkOutcome") throw new Failure(`The platform refused the import: ${result.__typename}.`);
    total.created += result.created;
    total.updated += result.updated;
    total.unchanged += result.unchanged;
    total.refused += result.refused;
    total.changed ||= result.written;
    for (const outcome of result.rows) {
      if (outcome.status === "MERGED") total.problems.push(merged(part[outcome.index]!.row));
      for (const { field, code, message } of outcome.problems)
        total.problems.push({
          row: part[outcome.index]!.row,
          column: columnOf(table.definition, field),
          code,
          severity: "error",
          message: bilingual(message),
        });
    }
  }
  return total;
}
