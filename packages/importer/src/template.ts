import ExcelJS from "exceljs";
import { MAX_ITEMS, MAX_TEXT } from "./cells/text";
import { formatScaled, MAX_YUAN } from "./cells/number";
import type { ColumnDefinition, EnumLabel, TableDefinition } from "./definition";
import { quoteActive } from "./files/csv";
import { encodeText } from "./files/encoding";
import { columnLetters } from "./files/sheet";
import { NOTE_MARKS } from "./header";
import { csvOf, NUMBER_FORMATS } from "./write";

/** Title, hints, headings, example: the first row to fill in is the fifth. */
export const TEMPLATE_HEADER_ROW = 3;
/** Rows that get drop-downs. */
const LAST_ROW = 2_000;
const OPTIONS_SHEET = "选项";

const labelsOf = (labels: Readonly<Record<string, EnumLabel>>) => Object.values(labels).map(({ zh }) => zh);

/** The form of a column's values, in Chinese, for the person who fills it in. */
export function formOf(column: ColumnDefinition): string {
  switch (column.kind) {
    case "text":
    case "code":
      return `文字，最多 ${column.maxLength ?? MAX_TEXT} 个字${column.check ? `；${column.check.zh}` : ""}`;
    case "integer":
      return `整数${column.min === undefined ? "" : `，不小于 ${column.min}`}${column.max === undefined ? "" : `，不大于 ${column.max}`}`;
    case "decimal":
      return `数字，${column.min} 至 ${column.max}，小数最多 ${column.scale} 位`;
    case "money":
      return `金额，单位元，小数最多 2 位，${column.min ?? 0} 至 ${formatScaled(BigInt(column.max ?? MAX_YUAN), 0)}；也可写 1.5万元`;
    case "date":
      return "日期，如 2024-04-08";
    case "instant":
      return "日期和时刻，如 2024-04-08 14:00";
    case "boolean":
      return "是 或 否";
    case "enum":
      return `只能填：${labelsOf(column.labels).join("、")}`;
    case "list":
      return column.labels
        ? `可填多项，用；隔开：${labelsOf(column.labels).join("、")}`
        : `可填多项，用；隔开，最多 ${column.maxItems ?? MAX_ITEMS} 项`;
  }
}

const noteRows = ({ title, columns }: TableDefinition<unknown>) => {
  const [first, ...rest] = columns;
  const hint = (column: ColumnDefinition | undefined) => (column ? `${column.required ? "必填" : "选填"}。${formOf(column)}` : "");
  return {
    title: [`${NOTE_MARKS.note} ${title}：从示例行下面开始填写，每行一条；不要合并单元格，不要改列名。以“#”标记的行不会被读取。`],
    hints: [`${NOTE_MARKS.note} ${hint(first)}`, ...rest.map(hint)],
    headings: columns.map(({ heading }) => heading),
    example: [`${NOTE_MARKS.example} ${first?.example ?? ""}`, ...rest.map(({ example }) => example)],
  };
};

/** A file to fill in: notes, Chinese headings and a marked example, which reading skips; as XLSX also drop-downs and an instruction sheet. */
export async function writeTemplate(definition: TableDefinition<unknown>, format: "xlsx" | "csv"): Promise<Buffer> {
  const { title, hints, headings, example } = noteRows(definition);
  if (format === "csv") return encodeText(csvOf([title, hints, headings, example].map((row) => row.map(quoteActive))), "utf-8");
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(definition.title, { views: [{ state: "frozen", ySplit: TEMPLATE_HEADER_ROW }] });
  sheet.columns = definition.columns.map((column) => ({
    width: Math.min(40, Math.max(14, column.heading.length * 2.4, column.example.length * 1.6)),
    style: { numFmt: NUMBER_FORMATS[column.kind] ?? "General", alignment: { vertical: "top", wrapText: column.kind === "text" } },
  }));
  sheet.addRows([title, hints, headings, example]);
  styleHead(sheet);
  addDropDowns(book, sheet, definition.columns);
  addInstructions(book, definition);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const fill = (argb: string): ExcelJS.Fill => ({ type: "pattern", pattern: "solid", fgColor: { argb } });
const GREY: Partial<ExcelJS.Font> = { color: { argb: "FF808080" }, italic: true };

function styleHead(sheet: ExcelJS.Worksheet) {
  sheet.getRow(1).font = { bold: true };
  // Without wrapping off, the long title would be pressed into the width of one column.
  sheet.getCell("A1").alignment = { wrapText: false };
  const hints = sheet.getRow(2);
  hints.font = { color: { argb: "FF606060" }, size: 9 };
  hints.alignment = { wrapText: true, vertical: "top" };
  hints.height = 60;
  sheet.getRow(TEMPLATE_HEADER_ROW).eachCell((cell) => {
    cell.font = { bold: true };
    cell.fill = fill("FFDDEBF7");
    cell.border = { bottom: { style: "thin" } };
  });
  sheet.getRow(TEMPLATE_HEADER_ROW + 1).font = GREY;
}

function addDropDowns(book: ExcelJS.Workbook, sheet: ExcelJS.Worksheet, columns: readonly ColumnDefinition[]) {
  const options = book.addWorksheet(OPTIONS_SHEET, { state: "veryHidden" });
  for (const [index, column] of columns.entries()) {
    const names = column.kind === "enum" ? labelsOf(column.labels) : column.kind === "boolean" ? ["是", "否"] : null;
    if (!names) continue;
    const letters = columnLetters(index);
    options.getColumn(index + 1).values = names;
    // A typed-in list may hold 255 characters; a range has no such bound.
    rangeValidations(sheet).add(`${letters}${TEMPLATE_HEADER_ROW + 2}:${letters}${LAST_ROW}`, {
      type: "list",
      allowBlank: !column.required,
      formulae: [`${OPTIONS_SHEET}!$${letters}$1:$${letters}$${names.length}`],
      showErrorMessage: true,
      errorTitle: column.heading,
      error: "请从下拉列表中选择",
    });
  }
}

// exceljs has this collection and leaves it out of its types; validating cell by cell would write two thousand rows.
const rangeValidations = (sheet: ExcelJS.Worksheet) =>
  (sheet as unknown as { dataValidations: { add(range: string, validation: ExcelJS.DataValidation): void } }).dataValidations;

function addInstructions(book: ExcelJS.Workbook, { columns }: TableDefinition<unknown>) {
  const sheet = book.addWorksheet("填写说明", { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.columns = [
    { header: "列", width: 18 },
    { header: "必填", width: 8 },
    { header: "填什么", width: 50, style: { alignment: { wrapText: true, vertical: "top" } } },
    { header: "怎么填", width: 50, style: { alignment: { wrapText: true, vertical: "top" } } },
    { header: "填写示例", width: 30 },
    { header: "也认得的列名", width: 40, style: { alignment: { wrapText: true, vertical: "top" } } },
  ];
  sheet.getRow(1).font = { bold: true };
  for (const column of columns) {
    const others = [...column.synonyms, column.key].join("、");
    sheet.addRow([column.heading, column.required ? "是" : "否", column.description, formOf(column), column.example, others]);
  }
}
