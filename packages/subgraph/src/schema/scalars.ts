import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
};

/** A scalar that travels as a JSON string and is held as one: rows leave the database in the same form. */
const stringScalar = (name: string, description: string, specifiedByURL: string | null, parse: (text: string) => string) =>
  new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    serialize: (value) => (value instanceof Date ? parse(value.toISOString()) : String(value)),
    parseValue: (value) => (typeof value === "string" ? parse(value) : refuse(`${name} must be a string`)),
    parseLiteral: (node: ValueNode) => (node.kind === Kind.STRING ? parse(node.value) : refuse(`${name} must be a string`)),
  });

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/u;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/u;

/** True for a calendar date that exists, `YYYY-MM-DD`, years 1 to 9999. */
export const isDate = (text: string): boolean => {
  const match = DATE.exec(text);
  if (!match || match[1] === "0000") return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

/** An RFC 3339 instant in UTC with milliseconds, years 1 to 9999 in UTC too, or null. */
export const toInstant = (text: string): string | null => {
  if (!INSTANT.test(text) || !isDate(text.slice(0, 10))) return null;
  const date = new Date(text);
  const instant = Number.isNaN(date.getTime()) ? null : date.toISOString();
  // an offset can carry the first and the last day over the edge, where ISO 8601 needs a sign and more digits
  return instant !== null && isDate(instant.slice(0, 10)) ? instant : null;
};

/** An instant: RFC 3339 with an offset in, UTC with milliseconds out. */
export const DateTimeScalar = stringScalar(
  "DateTime",
  "An instant, RFC 3339 with an offset, e.g. `2024-04-08T14:00:00+08:00`. Answers are in UTC with milliseconds, in which its year is 1 to 9999. The zone that a local time belongs to stands beside it as an IANA name.",
  "https://scalars.graphql.org/andimarek/date-time",
  (text) => toInstant(text) ?? refuse("DateTime must be an RFC 3339 instant with an offset"),
);

/** A calendar date without a time or zone. */
export const DateScalar = stringScalar(
  "Date",
  "A calendar date without time or zone, `YYYY-MM-DD` (ISO 8601).",
  "https://scalars.graphql.org/andimarek/local-date",
  (text) => (isDate(text) ? text : refuse("Date must be a calendar date, YYYY-MM-DD")),
);

/** Text in Chinese; the schema build wraps fields of this type so that they answer in the script asked for. */
export const HanTextScalar = stringScalar(
  "HanText",
  "Text that is usually in Chinese. Answered in the script that `Accept-Language` asks for (`zh-Hans`, `zh-Hant`), otherwise as it was written.",
  null,
  (text) => text,
);

const safeInteger = (value: unknown): number =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : refuse("SafeInt must be an integer between -(2^53 - 1) and 2^53 - 1");

/** An integer beyond 32 bits: amounts in minor units. */
export const SafeIntScalar = new GraphQLScalarType<number, number>({
  name: "SafeInt",
  description:
    "An integer between -(2^53 - 1) and 2^53 - 1. Amounts of money are in minor units (fen), so that they need more than 32 bits.",
  serialize: safeInteger,
  parseValue: safeInteger,
  parseLiteral: (node) => (node.kind === Kind.INT ? safeInteger(Number(node.value)) : refuse("SafeInt must be an integer")),
});
