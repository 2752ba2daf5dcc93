import type { LocalDate } from "./cells/date";

/** A label in both languages: zh-Hans for people, English for developers and logs. */
export interface Bilingual {
  zh: string;
  en: string;
}

/** What one enum value is called. Matching is after folding, so script, case and full-width forms need no synonyms of their own. */
export interface EnumLabel extends Bilingual {
  zhHant?: string;
  synonyms?: readonly string[];
}

/** A further rule on the text of one cell, with the sentence a person reads when it fails. */
export interface TextCheck extends Bilingual {
  test(value: string): boolean;
}

interface ColumnBase {
  /** The property that a read row carries. */
  key: string;
  /** The heading that we write, zh-Hans. */
  heading: string;
  /** Further headings that are understood: zh-Hans, zh-Hant, English. */
  synonyms: readonly string[];
  required: boolean;
  /** What to put in, in Chinese: shown on the instruction sheet. */
  description: string;
  /** One example as a person would type it. */
  example: string;
}

export interface TextColumn extends ColumnBase {
  kind: "text" | "code";
  /** Upper bound in Unicode code points; 200 when left out. */
  maxLength?: number;
  check?: TextCheck;
}

export interface IntegerColumn extends ColumnBase {
  kind: "integer";
  min?: number;
  max?: number;
  /** Counting words that may follow the number, such as 人 or 户. */
  units?: readonly string[];
}

export interface DecimalColumn extends ColumnBase {
  kind: "decimal";
  min: number;
  max: number;
  /** Digits after the point that are kept; more are refused. */
  scale: number;
}

/** Yuan in the sheet, integer fen in the row. */
export interface MoneyColumn extends ColumnBase {
  kind: "money";
  /** Bounds in yuan; 0 and 100,000,000,000 when left out. */
  min?: number;
  max?: number;
}

export interface DateColumn extends ColumnBase {
  kind: "date";
  min?: LocalDate;
  max?: LocalDate;
}

export interface InstantColumn extends ColumnBase {
  kind: "instant";
  /** Key of the column that names the IANA zone of times written without an offset. */
  zoneColumn?: string;
}

export interface BooleanColumn extends ColumnBase {
  kind: "boolean";
}

export interface EnumColumn extends ColumnBase {
  kind: "enum";
  labels: Readonly<Record<string, EnumLabel>>;
}

export interface ListColumn extends ColumnBase {
  kind: "list";
  /** When given, every item must be one of these. */
  labels?: Readonly<Record<string, EnumLabel>>;
  /** Upper bound of the number of items; 200 when left out. */
  maxItems?: number;
  /** Upper bound of one item in code points; 200 when left out. */
  maxLength?: number;
  /** Holds for every item. */
  check?: TextCheck;
}

export type ColumnDefinition =
  | TextColumn
  | IntegerColumn
  | DecimalColumn
  | MoneyColumn
  | DateColumn
  | InstantColumn
  | BooleanColumn
  | EnumColumn
  | ListColumn;

/** Two columns of one kind of which the second may not be smaller than the first. */
export interface OrderedPair {
  from: string;
  to: string;
}

export interface TableShape {
  name: string;
  /** Title in Chinese. */
  title: string;
  columns: readonly ColumnDefinition[];
  /** The columns that together identify a row; two rows of one file may not agree on all of them. */
  key: readonly string[];
  /** Periods: the end may not lie before the beginning. */
  periods?: readonly OrderedPair[];
  /** Ranges of numbers: the upper bound may not lie below the lower one. */
  ranges?: readonly OrderedPair[];
}

/** What a cell turns into: money is integer fen, a date YYYY-MM-DD, an instant ISO 8601 in UTC. */
export type CellValue = string | number | boolean | readonly string[];

export type RowValues = Record<string, CellValue | null | undefined>;

/** A table that files can be read into. `Row` is the type of one read row. */
export interface TableDefinition<Row = RowValues> extends TableShape {
  /** Type only; never set. */
  readonly rowType?: Row;
}

type ValueOf<C> = C extends { kind: "integer" | "decimal" | "money" }
  ? number
  : C extends { kind: "boolean" }
    ? boolean
    : C extends { kind: "list"; labels: infer L }
      ? readonly (keyof L & string)[]
      : C extends { kind: "list" }
        ? readonly string[]
        : C extends { kind: "enum"; labels: infer L }
          ? keyof L & string
          : string;

type RequiredKeys<C> = C extends { key: infer K extends string; required: true } ? K : never;
type OptionalKeys<C> = C extends { key: infer K extends string; required: false } ? K : never;
type ColumnOf<C, K> = Extract<C, { key: K }>;

/** The type of a read row: required columns hold a value; an empty cell is null, a column that the file lacks is undefined. */
export type RowOf<T extends TableShape> = {
  [K in RequiredKeys<T["columns"][number]>]: ValueOf<ColumnOf<T["columns"][number], K>>;
} & { [K in OptionalKeys<T["columns"][number]>]?: ValueOf<ColumnOf<T["columns"][number], K>> | null };

/** Gives a table its row type. */
export function defineTable<const T extends TableShape>(table: T): TableDefinition<RowOf<T>> & T {
  return table;
}
