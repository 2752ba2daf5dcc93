import type { ColumnDefinition, TableShape } from "./definition";
import { isBlank, type RawRow, type RawSheet, shownText } from "./files/sheet";
import { foldLabel } from "./fold";

/** How far down a header is looked for: above it there may be a title, a date, a line of instructions. */
const HEADER_WITHIN = 30;

/** A row whose first filled cell begins with one of these is ours to people, not theirs to us: it is never read. */
export const NOTE_MARKS = { note: "#说明", example: "#示例" } as const;

const NOTES = [NOTE_MARKS.note, NOTE_MARKS.example, "#說明", "#note", "#example"];

export function isNote(row: RawRow): boolean {
  const first = row.cells.find((cell) => !isBlank(cell));
  const text = shownText(first).trim().normalize("NFKC").toLowerCase();
  return NOTES.some((mark) => text.startsWith(mark));
}

export interface MatchedColumn {
  definition: ColumnDefinition;
  /** From 0. */
  index: number;
  heading: string;
  /** Power of ten of a unit in the heading: 4 for 预算（万元）. */
  power: number;
}

export interface Header {
  row: number;
  /** One entry a definition that was found; the first where a heading is repeated. */
  columns: readonly MatchedColumn[];
  duplicates: readonly { column: MatchedColumn; first: MatchedColumn }[];
  unknown: readonly { index: number; heading: string }[];
  /** Columns of the header row, from 0, exclusive. */
  width: number;
}

const indexes = new WeakMap<TableShape, Map<string, ColumnDefinition>>();

/** Every understood heading, folded, with its column. Throws when two columns share one. */
export function headingIndex(table: TableShape): Map<string, ColumnDefinition> {
  const known = indexes.get(table);
  if (known) return known;
  const index = new Map<string, ColumnDefinition>();
  for (const column of table.columns) {
    for (const heading of [column.key, column.heading, ...column.synonyms]) {
      const key = foldLabel(heading);
      const other = index.get(key);
      if (other && other !== column) throw new Error(`${table.name}: heading "${heading}" means both ${other.key} and ${column.key}`);
      index.set(key, column);
    }
  }
  indexes.set(table, index);
  return index;
}

const POWERS: Readonly<Record<string, number>> = { 十: 1, 百: 2, 千: 3, 万: 4, 萬: 4, 亿: 8, 億: 8 };
const UNIT = /^(?:单位|單位)?[:：]?(?:人民币|人民幣|rmb|cny)?([十百千万萬亿億]*)(?:元|圆|人|户|戶|个|個|名)?$/i;
const FOREIGN_MONEY = /[元圆币幣$€¥￥]|usd|hkd|twd|ntd|eur|jpy/i;

function matchHeading(table: TableShape, text: string): { definition: ColumnDefinition; power: number } | null {
  const index = headingIndex(table);
  const exact = index.get(foldLabel(text));
  if (exact) return { definition: exact, power: 0 };
  const bracket = /^(.*?)[(（[【]([^()（）[\]【】]*)[)）\]】][\s*＊]*$/su.exec(text.trim());
  const definition = bracket ? index.get(foldLabel(bracket[1] ?? "")) : undefined;
  if (!bracket || !definition) return null;
  const inside = (bracket[2] ?? "").normalize("NFKC").replace(/\s/gu, "");
  const counts = definition.kind === "money" || definition.kind === "integer";
  if (!counts) return { definition, power: 0 };
  const unit = UNIT.exec(inside);
  if (unit) return { definition, power: [...(unit[1] ?? "")].reduce((sum, word) => sum + (POWERS[word] ?? 0), 0) };
  // 预算（美元）: read as yuan it would be wrong, so the column counts as unknown.
  return FOREIGN_MONEY.test(inside) || /[百千万萬亿億]/.test(inside) ? null : { definition, power: 0 };
}

function readHeader(table: TableShape, row: RawRow): Header {
  const columns = new Map<ColumnDefinition, MatchedColumn>();
  const duplicates: { column: MatchedColumn; first: MatchedColumn }[] = [];
  const unknown: { index: number; heading: string }[] = [];
  let width = 0;
  for (const key of Object.keys(row.cells)) {
    const index = Number(key);
    const cell = row.cells[index];
    if (isBlank(cell)) continue;
    width = index + 1;
    const heading = shownText(cell).trim();
    const match = heading.length <= 200 ? matchHeading(table, heading) : null;
    if (!match) {
      unknown.push({ index, heading });
      continue;
    }
    const column = { ...match, index, heading };
    const first = columns.get(match.definition);
    if (first) duplicates.push({ column, first });
    else columns.set(match.definition, column);
  }
  return { row: row.row, columns: [...columns.values()], duplicates, unknown, width };
}

const scoreOf = (header: Header) =>
  header.columns.length + header.columns.filter(({ definition }) => definition.required).length - header.duplicates.length / 2;

export interface FoundHeader {
  header: Header;
  score: number;
}

/** The row among the first 30 with content that holds most of the table's headings (the upper of equals), or null where none holds one. */
export function findHeader(table: TableShape, sheet: RawSheet): FoundHeader | null {
  let best: FoundHeader | null = null;
  for (const row of sheet.rows.slice(0, HEADER_WITHIN)) {
    if (isNote(row)) continue;
    const header = readHeader(table, row);
    const score = scoreOf(header);
    if (score > (best?.score ?? 0)) best = { header, score };
    if (sheet.origin === "json") break;
  }
  return best;
}
