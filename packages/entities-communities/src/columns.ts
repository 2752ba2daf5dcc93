import type { ColumnOptions, ValueTransformer } from "typeorm";

/** Quotes tokens as a tsvector literal. Tokens come from hantext and hold neither NUL nor control characters. */
const vector: ValueTransformer = {
  to: (tokens: readonly string[] | undefined) => tokens?.map((token) => `'${token.replace(/['\\]/gu, "$&$&")}'`).join(" "),
  from: () => undefined,
};

/** The search tokens of a record's names, written as a tsvector and never read back. */
export const searchColumn: ColumnOptions = { name: "search_vector", type: "tsvector", select: false, transformer: vector };
