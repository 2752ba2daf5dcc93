import { isDate } from "@gongjian/subgraph";
import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

/** The first and the last day that a date may be, both `YYYY-MM-DD`. */
export interface DateSpan {
  first: string;
  last: string;
}

const lastDayOf = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** What days a date known to the year, the month or the day may be: `2016`, `2016-04`, `2016-04-22` (ISO 8601, reduced precision). Null: it is none. */
export function spanOf(text: string): DateSpan | null {
  if (/^\d{4}$/u.test(text)) return text === "0000" ? null : { first: `${text}-01-01`, last: `${text}-12-31` };
  if (/^\d{4}-\d{2}$/u.test(text)) {
    const [year, month] = [Number(text.slice(0, 4)), Number(text.slice(5))];
    return isDate(`${text}-01`) ? { first: `${text}-01`, last: `${text}-${lastDayOf(year, month)}` } : null;
  }
  return isDate(text) ? { first: text, last: text } : null;
}

/** The shortest text that says the span. */
export function partialDateOf(first: string | null, last: string | null): string | null {
  if (first === null || last === null) return null;
  if (first === last) return first;
  return first.slice(0, 7) === last.slice(0, 7) ? first.slice(0, 7) : first.slice(0, 4);
}

const refuse = (): never => {
  throw new GraphQLError("PartialDate must be YYYY, YYYY-MM or YYYY-MM-DD", { extensions: { code: "BAD_USER_INPUT" } });
};
const parse = (value: unknown): string => (typeof value === "string" && spanOf(value) ? value : refuse());

export const PartialDateScalar = new GraphQLScalarType<string, string>({
  name: "PartialDate",
  description:
    "A date known to the year, the month or the day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601 with reduced precision, as Popolo has it).",
  serialize: (value) => String(value),
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
});
