import { types } from "pg";

type Parser = (text: string) => unknown;

const BIGINT = 20;
const NUMERIC = 1700;
const DATE = 1082;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;
const TEXT_ARRAY = 1009;

/** int8 and whole numeric values as numbers: a value that a number cannot hold exactly is an error, never a rounded amount of money. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database value ${text} is not a whole number that JavaScript holds exactly`);
  return value;
}

/** numeric with a fraction stays exact text; without one it is a number. */
const numeric = (text: string): number | string => (text.includes(".") ? text : wholeNumber(text));

/** "2024-05-01 08:00:00.123456+00" to "2024-05-01T08:00:00.123Z"; microseconds are cut off, not rounded. */
function instant(text: string): string {
  if (text.length >= 22 && text.endsWith("+00") && text.charCodeAt(10) === 32) {
    const fraction = text.length > 22 ? text.slice(20, -3).padEnd(3, "0").slice(0, 3) : "000";
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
  }
  const time = new Date(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"));
  if (Number.isNaN(time.getTime())) throw new RangeError(`The database value ${text} is not an instant between the years 1 and 9999`);
  return time.toISOString();
}

const asText: Parser = (text) => text;
const parseArray = types.getTypeParser(TEXT_ARRAY as never) as (text: string) => unknown[];
/** What makes an array more than words with commas between: quotes, escapes, arrays within, bounds, and NULL. */
const NOT_PLAIN = /["\\]|^[^{]|.\{|NULL/iu;

/** An array's elements as text. Most hold plain words, which need no reading character by character. */
function textArray(text: string): unknown[] {
  if (text === "{}") return [];
  return NOT_PLAIN.test(text) ? parseArray(text) : text.slice(1, -1).split(",");
}

function arrayOf(parse: Parser): Parser {
  const each = (value: unknown): unknown => (value === null ? null : Array.isArray(value) ? value.map(each) : parse(value as string));
  return (text) => textArray(text).map(each);
}

const parsers = new Map<number, Parser>([
  [BIGINT, wholeNumber],
  [NUMERIC, numeric],
  [DATE, asText],
  [TIMESTAMP, asText],
  [TIMESTAMPTZ, instant],
  [TEXT_ARRAY, textArray],
  [1016, arrayOf(wholeNumber)],
  [1231, arrayOf(numeric)],
  [1182, arrayOf(asText)],
  [1115, arrayOf(asText)],
  [1185, arrayOf(instant)],
]);

/**
 * How one column of a row becomes a JavaScript value, the same for reads and inside transactions:
 * timestamptz an ISO 8601 UTC string with milliseconds, date "YYYY-MM-DD", int8 and numeric without a fraction a number (RangeError
 * where a number cannot hold it), numeric with a fraction exact text, json and jsonb parsed, arrays of these element by element.
 */
export const rowTypes = {
  getTypeParser(oid: number, format?: "text" | "binary"): Parser {
    return parsers.get(oid) ?? (types.getTypeParser(oid, format as "text") as Parser);
  },
};
