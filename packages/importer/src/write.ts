import { stringify } from "csv-stringify/sync";
import ExcelJS from "exceljs";
import { formatFen } from "./cells/number";
import type { CellValue, ColumnDefinition, RowValues, TableDefinition } from "./definition";
import { type Delimiter, quoteActive } from "./files/csv";
import { type Encoding, encodeText } from "./files/encoding";

export type WriteOptions = { format: "xlsx" } | { format: "csv"; encoding?: Encoding; delimiter?: Delimiter };

/** A value as a person would type it into the column: yuan with two decimals, labels in Chinese, list items joined by ；. */
export function valueText(value: CellValue | null | undefined, column: ColumnDefinition): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (column.kind === "money") return formatFen(Number(value));
  if (column.kind === "enum") return column.labels[String(value)]?.zh ?? String(value);
  if (column.kind === "list" && Array.isArray(value)) return value.map((item) => column.labels?.[item]?.zh ?? item).join("；");
  return String(value);
}

const isNumeric = (column: ColumnDefinition) => ["integer", "decimal", "money"].includes(column.kind);

/** Rows as lines of a CSV with CRLF ends. Text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvOf(records: readonly (readonly string[])[], delimiter: Delimiter = ","): string {
  return stringify(records as string[][], { delimiter, record_delimiter: "\r\n", quoted_match: /[\r\n]/ });
}

/** Spreadsheets read _x0041_ in a string as the letter A: text that holds such a sequence says so. */
export const escapeXlsx = (text: string): string => text.replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");

/** What an Excel cell holds for the value: real numbers and dates where Excel keeps every digit, else text. */
export function xlsxValue(value: CellValue | null | undefined, column: ColumnDefinition): ExcelJS.CellValue {
  const text = valueText(value, column);
  if (text === "") return null;
  if (isNumeric(column) && text.replace(/\D/g, "").length <= 15) return Number(text);
  if (column.kind === "date") return new Date(`${text}T00:00:00Z`);
  return escapeXlsx(text);
}

export const NUMBER_FORMATS: Readonly<Partial<Record<ColumnDefinition["kind"], string>>> = {
  money: "#,##0.00",
  integer: "0",
  date: "yyyy-mm-dd",
  code: "@",
  text: "@",
  list: "@",
  instant: "@",
};

/** Writes rows as a file that `readTable` reads back to the same rows. Columns that no row has are left out. */
export async function writeTable<Row = RowValues>(
  definition: TableDefinition<Row>,
  rows: readonly Row[],
  options: WriteOptions,
): Promise<Buffer> {
  const values = rows as readonly RowValues[];
  const columns = definition.columns.filter(({ key, required }) => required || values.some((row) => row[key] !== undefined));
  if (options.format === "csv") {
    const text = (row: RowValues) =>
      columns.map((column) => (isNumeric(column) ? valueText(row[column.key], column) : quoteActive(valueText(row[column.key], column))));
    return encodeText(csvOf([columns.map(({ heading }) => heading), ...values.map(text)], options.delimiter), options.encoding ?? "utf-8");
  }
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(definition.title, { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.columns = columns.map(({ heading, kind }) => ({
    header: heading,
    width: 18,
    style: { numFmt: NUMBER_FORMATS[kind] ?? "General" },
  }));
  for (const row of values) sheet.addRow(columns.map((column) => xlsxValue(row[column.key], column)));
  return Buffer.from(await book.xlsx.writeBuffer());
}
