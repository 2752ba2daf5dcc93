import { stringify } from "csv-stringify/sync";
import ExcelJS from "exceljs";
import { formatFen } from "./cells/number";
import type { CellValue, ColumnDefinition, RowValues, TableDefinition } from "./definition";
import { type Delimiter, quoteActive } from "./files/csv";
import { type Encoding, encodeText } from "./files/encoding";

/** How headings and labels are written: in Chinese for people, or as the definition's own keys for programs. */
export type Labels = "zh" | "key";

export type WriteOptions = { labels?: Labels } & ({ format: "xlsx" } | { format: "csv"; encoding?: Encoding; delimiter?: Delimiter });

/** A value as a person would type it into the column: yuan with two decimals, labels, list items joined by ； (; with keys). */
export function valueText(value: CellValue | null | undefined, column: ColumnDefinition, labels: Labels = "zh"): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return labels === "zh" ? (value ? "是" : "否") : value ? "yes" : "no";
  if (column.kind === "money") return formatFen(Number(value));
  const label = (name: string) => (labels === "zh" && "labels" in column ? (column.labels?.[name]?.zh ?? name) : name);
  return Array.isArray(value) ? value.map(label).join(labels === "zh" ? "；" : ";") : label(String(value));
}

const isNumeric = (column: ColumnDefinition) => ["integer", "decimal", "money"].includes(column.kind);

/** Rows as lines of a CSV with CRLF ends. Text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvOf(records: readonly (readonly string[])[], delimiter: Delimiter = ","): string {
  return stringify(records as string[][], { delimiter, record_delimiter: "\r\n", quoted_match: /[\r\n]/ });
}

/** Spreadsheets read _x0041_ in a string as the letter A: text that holds such a sequence says so. */
export const escapeXlsx = (text: string): string => text.replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");

/** What an Excel cell holds for the value: real numbers and dates where Excel keeps every digit, else text. */
export function xlsxValue(value: CellValue | null | undefined, column: ColumnDefinition, labels: Labels = "zh"): ExcelJS.CellValue {
  const text = valueText(value, column, labels);
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

/**
 * Writes rows as a file that `readTable` reads back to the same rows. Columns that no row has are left out. Throws RangeError
 * where the encoding lacks a character: Big5 has no simplified ones, so write it with `labels: "key"`.
 */
export async function writeTable<Row = RowValues>(
  definition: TableDefinition<Row>,
  rows: readonly Row[],
  options: WriteOptions,
): Promise<Buffer> {
  const { labels = "zh" } = options;
  const values = rows as readonly RowValues[];
  const columns = definition.columns.filter(({ key, required }) => required || values.some((row) => row[key] !== undefined));
  const headings = columns.map(({ key, heading }) => (labels === "zh" ? heading : key));
  if (options.format === "csv") {
    const text = (value: RowValues[string], column: ColumnDefinition) => {
      const plain = valueText(value, column, labels);
      return isNumeric(column) ? plain : quoteActive(plain);
    };
    const records = values.map((row) => columns.map((column) => text(row[column.key], column)));
    return encodeText(csvOf([headings, ...records], options.delimiter), options.encoding ?? "utf-8");
  }
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(definition.title, { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.columns = columns.map(({ kind }) => ({ width: 18, style: { numFmt: NUMBER_FORMATS[kind] ?? "General" } }));
  sheet.addRow(headings);
  for (const row of values) sheet.addRow(columns.map((column) => xlsxValue(row[column.key], column, labels)));
  return Buffer.from(await book.xlsx.writeBuffer());
}
