import { isUuid, type BulkOutcome, type Condition, type IdempotencyConflict } from "@gongjian/subgraph";

/** PostgreSQL text holds no NUL, so that a text with one can be no key. */
export const canBeKey = (text: string): boolean => !text.includes("\0");

/** A column equal to an id of a filter, or to one of those that mean the same; malformed ids find nothing. */
export function idCondition(column: string, id: string | null | undefined, same?: (id: string) => readonly string[]): Condition[] {
  if (id === null || id === undefined) return [];
  if (!isUuid(id)) return [{ sql: "false", params: [] }];
  return [same ? { sql: `${column} = ANY(?::uuid[])`, params: [same(id)] } : { sql: `${column} = ?::uuid`, params: [id] }];
}

/** The outcome of a list with each row's key as it was given: the bulk command knows it together with its round. */
export const withGivenKeys = <O extends BulkOutcome | IdempotencyConflict>(outcome: O, rows: readonly { key: string }[]): O =>
  outcome.__typename === "BulkOutcome"
    ? { ...outcome, rows: outcome.rows.map((row) => ({ ...row, key: rows[row.index]?.key ?? row.key })) }
    : outcome;

/** Texts without the space around them, each once. */
export const trimmed = (texts: readonly string[]): string[] => [...new Set(texts.map((text) => text.trim()))];
