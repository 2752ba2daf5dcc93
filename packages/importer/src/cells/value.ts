import type { CellValue, ColumnDefinition, DecimalColumn, ListColumn } from "../definition";
import { type RawCell, shownText } from "../files/sheet";
import { excelSerial, inRange, instantOfSerial, type LocalDate, parseExactDate, parseExactInstant } from "./date";
import { formatScaled, parseExactDecimal, parseExactInteger, parseExactMoney, textOfDouble, toScale, within } from "./number";
import { bad, good, type Outcome } from "./outcome";
import { cleanText, parseBoolean, parseEnum, parseList, parseText, splitList } from "./text";

export interface CellContext {
  /** Power of ten of the unit in the column's heading. */
  power: number;
  /** IANA zone of times that carry no offset. */
  zone: string;
  date1904: boolean;
}

/** A spreadsheet's number keeps 15 digits; a code of more has lost the others. */
const EXACT_DIGITS = 15;

/** The value of a filled cell, or null where only blanks are in it. */
export function cellValue(cell: RawCell, column: ColumnDefinition, context: CellContext): Outcome<CellValue | null> {
  if (cell.type === "formula") return bad("FORMULA");
  if (cell.type === "error") return bad("ERROR_CELL", { value: cell.shown });
  if (cell.type === "object") return bad("NOT_TEXT");
  if (cell.type === "items") return column.kind === "list" ? itemValues(cell.items, column) : bad("NOT_TEXT");
  if (cell.type === "number") return numberValue(cell, column, context);
  const clean = cleanText(shownText(cell));
  if (!clean.ok) return clean;
  return clean.value === "" ? good(null) : textValue(clean.value, column, context);
}

function itemValues(items: readonly RawCell[], column: ListColumn): Outcome<CellValue | null> {
  const texts: string[] = [];
  for (const item of items) {
    if (item.type !== "text" && item.type !== "number") return bad("NOT_TEXT");
    const clean = cleanText(shownText(item));
    if (!clean.ok) return clean;
    texts.push(clean.value);
  }
  return nullWhenEmpty(parseList(texts, column));
}

const nullWhenEmpty = (list: Outcome<readonly string[]>): Outcome<CellValue | null> =>
  list.ok && list.value.length === 0 ? good(null) : list;

function textValue(text: string, column: ColumnDefinition, context: CellContext): Outcome<CellValue | null> {
  switch (column.kind) {
    case "text":
    case "code":
      return column.kind === "code" && /^\d(\.\d+)?e\+\d+$/i.test(text) ? bad("DIGITS_LOST") : parseText(text, column);
    case "integer":
      return parseExactInteger(text, { ...column, power: context.power });
    case "money":
      return parseExactMoney(text, { ...column, power: context.power });
    case "decimal":
      return decimalValue(text, column);
    case "date":
      return parseExactDate(text, { min: column.min, max: column.max, date1904: context.date1904 });
    case "instant":
      return parseExactInstant(text, context);
    case "boolean":
      return parseBoolean(text);
    case "enum":
      return parseEnum(text, column.labels);
    case "list":
      return nullWhenEmpty(parseList(splitList(text), column));
  }
}

function decimalValue(text: string, column: DecimalColumn): Outcome<number> {
  const decimal = parseExactDecimal(text);
  if (!decimal.ok) return decimal;
  const scaled = toScale(decimal.value, column.scale);
  if (!scaled.ok) return scaled;
  const bound = (limit: number) => BigInt(limit) * 10n ** BigInt(column.scale);
  const fitting = within(scaled.value, bound(column.min), bound(column.max), column.scale);
  // The one value that ends as a double: a coordinate, of which a double holds every digit allowed here.
  return fitting.ok ? good(Number(formatScaled(fitting.value, column.scale))) : fitting;
}

type NumberCell = Extract<RawCell, { type: "number" }>;

function numberValue(cell: NumberCell, column: ColumnDefinition, context: CellContext): Outcome<CellValue | null> {
  const exact = textOfDouble(cell.value);
  switch (column.kind) {
    case "code":
      return codeOfNumber(cell, exact, (text) => parseText(text, column));
    case "text":
      return parseText(cell.shown, column);
    case "integer":
    case "money":
    case "decimal":
      if (cell.format === "percent") return bad("PERCENT");
      if (cell.format === "date") return bad("NOT_A_NUMBER");
      return textValue(exact, column, context);
    case "date":
      return cell.format === "date" ? dayOfSerial(cell.value, column, context) : textValue(exact, column, context);
    case "instant":
      return cell.format === "date" ? instantOfSerial(cell.value, context) : textValue(exact, column, context);
    default:
      return textValue(cell.shown, column, context);
  }
}

/** A code may have been stored as a number where no digit was lost: 510116003, also shown with leading zeros. */
function codeOfNumber(cell: NumberCell, exact: string, parse: (text: string) => Outcome<string>): Outcome<string> {
  if (!/^\d+$/.test(exact) || exact.length > EXACT_DIGITS) return bad("DIGITS_LOST");
  const zeros = /^0+\d*$/.test(cell.shown) && cell.shown.replace(/^0+(?=\d)/, "") === exact;
  return parse(zeros ? cell.shown : exact);
}

function dayOfSerial(serial: number, { min, max }: { min?: LocalDate; max?: LocalDate }, { date1904 }: CellContext): Outcome<LocalDate> {
  const wall = excelSerial(serial, { date1904 });
  if (!wall.ok) return wall;
  return wall.value.time === "00:00:00" ? inRange(wall.value.date, min, max) : bad("DATE_HAS_TIME");
}
