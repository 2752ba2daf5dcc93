/** What one cell holds, before any column has a say. `shown` is what the person sees. */
export type RawCell =
  | { type: "text"; text: string }
  | { type: "number"; value: number; shown: string; format: "plain" | "date" | "percent" }
  | { type: "boolean"; value: boolean }
  | { type: "formula"; shown: string }
  | { type: "error"; shown: string }
  | { type: "items"; items: readonly RawCell[] }
  | { type: "object"; shown: string };

export interface RawRow {
  /** As the spreadsheet numbers it, from 1. */
  row: number;
  /** By column, from 0; an empty cell is undefined. */
  cells: readonly (RawCell | undefined)[];
}

/** Corners of a merged range, rows and columns from 1. */
export interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface RawSheet {
  name: string | null;
  origin: "csv" | "workbook" | "json";
  /** Rows that hold anything, in order. */
  rows: readonly RawRow[];
  merges: readonly Merge[];
  hiddenRows: ReadonlySet<number>;
  /** From 1. */
  hiddenColumns: ReadonlySet<number>;
  /** Day numbers count from 1904. */
  date1904: boolean;
}

/** The text a person sees in the cell. */
export function shownText(cell: RawCell | undefined): string {
  if (!cell) return "";
  switch (cell.type) {
    case "text":
      return cell.text;
    case "boolean":
      return cell.value ? "TRUE" : "FALSE";
    case "items":
      return cell.items.map(shownText).join("；");
    default:
      return cell.shown;
  }
}

export const isBlank = (cell: RawCell | undefined): boolean => !cell || (cell.type === "text" && cell.text.trim() === "");

/** A, B … Z, AA …: the letters of a column counted from 0. */
export function columnLetters(index: number): string {
  let letters = "";
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}

export const address = (row: number, column: number): string => `${columnLetters(column)}${row}`;
