export {
  dayOf,
  excelSerial,
  instantIn,
  isTimeZone,
  type LocalDate,
  parseExactDate,
  parseExactInstant,
  serialOf,
} from "./cells/date";
export { type Decimal, formatFen, MAX_YUAN, parseExactDecimal, parseExactInteger, parseExactMoney } from "./cells/number";
export type { Outcome } from "./cells/outcome";
export * from "./definition";
export { FILE_ERRORS, type FileErrorCode, ImportFileError } from "./errors";
export { DELIMITERS, type Delimiter, quoteActive } from "./files/csv";
export { ENCODINGS, type Encoding } from "./files/encoding";
export { PROBLEMS, type Problem, type ProblemCode, type Severity } from "./problem";
export { type ReadOptions, type ReadResult, readTable, type Summary } from "./read";
export { formatFileError, formatProblems, formatSummary, inFileOrder, type Language, type Reported } from "./report";
export * from "./tables";
export { writeTemplate } from "./template";
export { type WriteOptions, writeTable } from "./write";
