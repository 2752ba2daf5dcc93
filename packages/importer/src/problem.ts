import type { Bilingual } from "./definition";

/** Every problem of a row or header, with its sentence. `{name}` is filled in from the problem's details. */
export const PROBLEMS = {
  ENCODING_GUESSED: {
    zh: "文字编码不能确定，按 {encoding} 读取；若有误，请用 --encoding 指定",
    en: "The text encoding could not be told for certain and was taken for {encoding}; give it with --encoding if that is wrong",
  },
  MISSING_COLUMN: { zh: "缺少必填列“{heading}”", en: 'Required column "{heading}" is missing' },
  DUPLICATE_HEADING: {
    zh: "列“{heading}”出现了两次（另一处在 {other}）",
    en: 'Column "{heading}" appears twice (the other is at {other})',
  },
  UNKNOWN_COLUMN: { zh: "不认识列名“{heading}”，该列未读取", en: 'Unknown column "{heading}", not read' },
  SHEET_IGNORED: {
    zh: "另一张工作表“{sheet}”也像本表，未读取",
    en: 'Another sheet, "{sheet}", looks like this table too and was not read',
  },
  HIDDEN_ROWS: { zh: "有 {count} 行被隐藏，已照样读取", en: "{count} hidden rows were read like the others" },
  HIDDEN_COLUMN: { zh: "列“{heading}”被隐藏，已照样读取", en: 'Column "{heading}" is hidden and was read like the others' },
  NO_ROWS: { zh: "表头下面没有数据", en: "There are no rows below the header" },
  REQUIRED: { zh: "此格必填", en: "A value is required" },
  MERGED_CELLS: { zh: "单元格 {range} 已合并，请取消合并并逐行填写", en: "Cells {range} are merged; unmerge them and fill in every row" },
  EXTRA_CELLS: {
    zh: "此格在表头之外，该行可能多了一个分隔符",
    en: "This cell lies beyond the header; the row may hold one delimiter too many",
  },
  FORMULA: { zh: "此格是公式，请粘贴为数值", en: "The cell is a formula; paste its value instead" },
  ERROR_CELL: { zh: "此格是错误值 {value}", en: "The cell holds the error {value}" },
  BAD_CHARACTER: { zh: "含有不可用的字符 {character}", en: "Contains the unusable character {character}" },
  TOO_LONG: { zh: "最多 {max} 个字，现有 {length} 个", en: "At most {max} characters, found {length}" },
  TOO_MANY_ITEMS: { zh: "最多 {max} 项，现有 {count} 项", en: "At most {max} items, found {count}" },
  NOT_TEXT: { zh: "应为文字", en: "Expected text" },
  NOT_A_NUMBER: { zh: "应为数字", en: "Expected a number" },
  NUMBER_RANGE: {
    zh: "此格是一个范围，只能填一个数；有上限和下限两列时请分开填",
    en: "The cell holds a range where one number is expected; where there is a column for each end, fill in both",
  },
  NOT_AN_INTEGER: { zh: "应为整数", en: "Expected a whole number" },
  PERCENT: { zh: "不能填百分比", en: "A percentage is not accepted" },
  TOO_MANY_DECIMALS: { zh: "小数最多 {scale} 位", en: "At most {scale} digits after the point" },
  NEGATIVE: { zh: "不能为负数", en: "Must not be negative" },
  TOO_SMALL: { zh: "不能小于 {min}", en: "Must not be below {min}" },
  TOO_LARGE: { zh: "不能大于 {max}", en: "Must not be above {max}" },
  NOT_A_DATE: { zh: "应为日期，如 2024-04-08", en: "Expected a date such as 2024-04-08" },
  IMPOSSIBLE_DATE: { zh: "没有这一天或这一时刻", en: "There is no such day or time" },
  AMBIGUOUS_DATE: { zh: "分不清年月日，请写成 2024-04-08", en: "Day and month cannot be told apart; write 2024-04-08" },
  DATE_HAS_TIME: { zh: "只填日期，不要填时刻", en: "Give the date without a time" },
  DATE_OUT_OF_RANGE: { zh: "日期须在 {min} 与 {max} 之间", en: "The date must lie between {min} and {max}" },
  NO_TIME: { zh: "还要填时刻，如 2024-04-08 14:00", en: "A time is needed too, such as 2024-04-08 14:00" },
  NOT_AN_OPTION: { zh: "只能填：{options}", en: "Must be one of: {options}" },
  NOT_YES_OR_NO: { zh: "只能填“是”或“否”", en: "Must be yes or no" },
  DIGITS_LOST: {
    zh: "编码被存成了数字，位数可能已丢失，请把该列设为文本后重新填写",
    en: "The code was stored as a number and may have lost digits; make the column text and enter it again",
  },
  BAD_VALUE: { zh: "{zh}", en: "{en}" },
  PERIOD_REVERSED: { zh: "不能早于“{heading}”", en: 'Must not lie before "{heading}"' },
  RANGE_REVERSED: { zh: "不能小于“{heading}”", en: 'Must not be smaller than "{heading}"' },
  DUPLICATE_KEY: { zh: "与第 {other} 行重复", en: "Repeats row {other}" },
} as const satisfies Record<string, Bilingual>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A warning leaves its row good; an error makes it bad. */
export type Severity = "error" | "warning";

const WARNINGS: ReadonlySet<ProblemCode> = new Set([
  "ENCODING_GUESSED",
  "UNKNOWN_COLUMN",
  "SHEET_IGNORED",
  "HIDDEN_ROWS",
  "HIDDEN_COLUMN",
  "NO_ROWS",
]);

export interface Problem {
  /** Row as the spreadsheet numbers it, from 1; for JSON the position in the array, from 1. 0 when it is about no row. */
  row: number;
  /** Key of the column in the table's definition, or null when it is about no known column. */
  column: string | null;
  /** The cell, such as D5, where there is one. */
  cell?: string;
  code: ProblemCode;
  severity: Severity;
  message: Bilingual;
  /** What the cell shows, shortened to 80 characters. */
  value?: string;
}

export type Details = Readonly<Record<string, string | number>>;

const fill = (sentence: string, details: Details) => sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ""));

const shorten = (value: string) => {
  const points = [...value.slice(0, 200)];
  return points.length > 80 ? `${points.slice(0, 79).join("")}…` : points.join("");
};

export interface Place {
  row: number;
  column: string | null;
  cell?: string;
  value?: string;
}

export function problemAt(place: Place, code: ProblemCode, details: Details = {}): Problem {
  return {
    row: place.row,
    column: place.column,
    ...(place.cell === undefined ? {} : { cell: place.cell }),
    code,
    severity: WARNINGS.has(code) ? "warning" : "error",
    message: { zh: fill(PROBLEMS[code].zh, details), en: fill(PROBLEMS[code].en, details) },
    ...(place.value === undefined || place.value === "" ? {} : { value: shorten(place.value) }),
  };
}
