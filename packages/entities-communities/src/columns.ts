import { Check } from "typeorm";
import type { ColumnOptions, ValueTransformer } from "typeorm";

/** Quotes tokens as a tsvector literal. Tokens come from hantext and hold neither NUL nor control characters. */
export const searchVector = (tokens: readonly string[]): string => tokens.map((token) => `'${token.replace(/['\\]/gu, "$&$&")}'`).join(" ");

const vector: ValueTransformer = {
  to: (tokens: readonly string[] | undefined) => tokens && searchVector(tokens),
  from: () => undefined,
};

/** The search tokens of a record's names, written as a tsvector and never read back. */
export const searchColumn: ColumnOptions = { name: "search_vector", type: "tsvector", select: false, transformer: vector };

/** The words of a CHECK that a column has one of the values. */
export const among = (column: string, values: readonly string[]) => `${column} IN (${values.map((value) => `'${value}'`).join(", ")})`;

/** Named checks of a table; the same words stand in a migration. */
export const Checks =
  (checks: Readonly<Record<string, string>>): ClassDecorator =>
  (target) => {
    for (const [name, expression] of Object.entries(checks)) Check(name, expression)(target);
  };
