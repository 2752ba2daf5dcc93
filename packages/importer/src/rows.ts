import { type CellContext, cellValue } from "./cells/value";
import type { CellValue, ColumnDefinition, RowValues, TableShape } from "./definition";
import { ImportFileError } from "./errors";
import { address, isBlank, type Merge, type RawRow, type RawSheet, shownText } from "./files/sheet";
import { type Header, isNote, type MatchedColumn } from "./header";
import { type Details, type Problem, type ProblemCode, problemAt } from "./problem";

/** A file with more merged cells than this is not meant to be read. */
const MAX_MERGED_ROWS = 100_000;

export interface CheckedRow {
  row: number;
  values: RowValues;
}

export interface CheckedRows {
  rows: CheckedRow[];
  problems: Problem[];
  read: number;
}

/** Checks every row below the header and collects what is wrong with each, all of it. */
export class RowChecker {
  private readonly problems: Problem[] = [];
  private readonly seen = new Map<string, number>();
  private readonly byKey: ReadonlyMap<string, MatchedColumn>;
  private readonly body: readonly RawRow[];

  constructor(
    private readonly table: TableShape,
    private readonly sheet: RawSheet,
    private readonly header: Header,
    private readonly zone: string,
  ) {
    this.byKey = new Map(header.columns.map((column) => [column.definition.key, column]));
    this.body = sheet.rows.filter((row) => row.row > header.row && !isNote(row) && this.hasContent(row));
  }

  /** Rows with content below the header, notes not counted. */
  get rowCount(): number {
    return this.body.length;
  }

  check(): CheckedRows {
    this.reportMerges();
    const checked = this.body.map((row) => ({ row: row.row, values: this.checkRow(row) }));
    const badRows = new Set(this.problems.filter(({ severity }) => severity === "error").map(({ row }) => row));
    return { rows: checked.filter(({ row }) => !badRows.has(row)), problems: this.problems, read: this.rowCount };
  }

  /** In a workbook people keep remarks beside the table; only what stands under a known heading makes a row. */
  private hasContent(row: RawRow): boolean {
    if (this.sheet.origin === "csv") return row.cells.some((cell) => !isBlank(cell));
    return this.header.columns.some(({ index }) => !isBlank(row.cells[index]));
  }

  private checkRow(row: RawRow): RowValues {
    const values: RowValues = {};
    const zone = this.zoneOf(row);
    for (const column of this.header.columns) {
      const value = this.checkCell(row, column, { power: column.power, zone, date1904: this.sheet.date1904 });
      if (value !== undefined) values[column.definition.key] = value;
    }
    if (this.sheet.origin === "csv") this.reportExtraCells(row);
    this.reportReversed(row, values, this.table.periods ?? [], "PERIOD_REVERSED");
    this.reportReversed(row, values, this.table.ranges ?? [], "RANGE_REVERSED");
    this.reportRepeated(row, values);
    return values;
  }

  /** The cell's value, null when it is empty, undefined when it is wrong (and reported). */
  private checkCell(row: RawRow, column: MatchedColumn, context: CellContext): CellValue | null | undefined {
    const cell = row.cells[column.index];
    const outcome = cell ? cellValue(cell, column.definition, context) : { ok: true as const, value: null };
    if (!outcome.ok) {
      this.report(row, column, outcome.code, outcome.details);
      return undefined;
    }
    if (outcome.value === null && column.definition.required) {
      this.report(row, column, "REQUIRED");
      return undefined;
    }
    return outcome.value;
  }

  private report(row: RawRow, column: MatchedColumn, code: ProblemCode, details?: Details) {
    const { index, definition } = column;
    const value = shownText(row.cells[index]);
    this.problems.push(problemAt({ ...this.placeOf(row.row, index, definition), value }, code, details));
  }

  private placeOf(row: number, index: number, definition: ColumnDefinition | null) {
    const cell = this.sheet.origin === "json" ? {} : { cell: address(row, index) };
    return { row, column: definition?.key ?? null, ...cell };
  }

  private zoneOf(row: RawRow): string {
    const named = this.table.columns.find((column) => column.kind === "instant" && column.zoneColumn !== undefined);
    const column = named?.kind === "instant" && named.zoneColumn ? this.byKey.get(named.zoneColumn) : undefined;
    const cell = column ? row.cells[column.index] : undefined;
    if (!column || !cell) return this.zone;
    const zone = cellValue(cell, column.definition, { power: 0, zone: this.zone, date1904: false });
    return zone.ok && typeof zone.value === "string" ? zone.value : this.zone;
  }

  private reportExtraCells(row: RawRow) {
    for (let index = this.header.width; index < row.cells.length; index += 1) {
      if (isBlank(row.cells[index])) continue;
      const value = shownText(row.cells[index]);
      this.problems.push(problemAt({ ...this.placeOf(row.row, index, null), value }, "EXTRA_CELLS"));
    }
  }

  private reportReversed(row: RawRow, values: RowValues, pairs: readonly { from: string; to: string }[], code: ProblemCode) {
    for (const { from, to } of pairs) {
      const [start, end] = [values[from], values[to]];
      const column = this.byKey.get(to);
      if (start === null || start === undefined || end === null || end === undefined || !column) continue;
      if (end < start) this.report(row, column, code, { heading: this.byKey.get(from)?.heading ?? from });
    }
  }

  private reportRepeated(row: RawRow, values: RowValues) {
    const parts = this.table.key.map((key) => values[key] ?? null);
    // A row whose key is itself wrong or empty has been reported for that.
    if (parts.every((part) => part === null)) return;
    if (this.table.key.some((key) => this.byKey.has(key) && values[key] === undefined)) return;
    const identity = JSON.stringify(parts);
    const first = this.seen.get(identity);
    const column = this.table.key.map((key) => this.byKey.get(key)).find((found) => found !== undefined);
    if (first === undefined) this.seen.set(identity, row.row);
    else if (column) this.report(row, column, "DUPLICATE_KEY", { other: first });
  }

  private reportMerges() {
    let reported = 0;
    for (const merge of this.sheet.merges) {
      if (merge.bottom <= this.header.row) continue;
      const column = this.header.columns.find(({ index }) => index + 1 >= merge.left && index + 1 <= merge.right);
      if (!column) continue;
      const range = rangeOf(merge);
      for (let i = this.firstRowFrom(merge.top); i < this.body.length && (this.body[i]?.row ?? 0) <= merge.bottom; i += 1) {
        reported += 1;
        if (reported > MAX_MERGED_ROWS) throw new ImportFileError("TOO_MANY_MERGES");
        const place = this.placeOf(this.body[i]?.row ?? 0, column.index, column.definition);
        this.problems.push(problemAt(place, "MERGED_CELLS", { range }));
      }
    }
  }

  /** Position of the first row numbered `row` or more; rows are in order. */
  private firstRowFrom(row: number): number {
    let low = 0;
    let high = this.body.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.body[middle]?.row ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const rangeOf = ({ top, left, bottom, right }: Merge) => `${address(top, left - 1)}:${address(bottom, right - 1)}`;
