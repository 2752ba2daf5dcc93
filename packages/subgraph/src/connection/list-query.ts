import { createHash } from "node:crypto";
import type { Statement } from "@gongjian/database";
import { PublicError } from "../errors";
import { isDate, toInstant } from "../schema/scalars";
import { pageSize, type Page } from "./connection";

type KeyType = "text" | "uuid" | "integer" | "bigint" | "date" | "timestamptz";

/** One column that a list is ordered by. The last key of an ordering is unique, so that no record is skipped or repeated. */
export interface OrderKey {
  /** The SQL expression, e.g. `n.title`. It must never be null. */
  sql: string;
  /** The property of the row that has its value. */
  field: string;
  type: KeyType;
}

export interface Ordering {
  /** Names the list and the order; stands in each cursor, so that a cursor from another list is refused. */
  tag: string;
  keys: readonly OrderKey[];
  direction: "ASC" | "DESC";
}

/** A condition with `?` for its parameters, in order: `n.round_id = ?`. */
export interface Condition {
  sql: string;
  params: readonly unknown[];
}

export interface ListQuery {
  /** What to select, without `SELECT`; rows must carry the ordering's fields. */
  select: string;
  from: string;
  where: readonly Condition[];
  ordering: Ordering;
  /** Take one row for each different value of these expressions; the ordering's keys must be among them. */
  distinct?: string;
}

const counting = (query: ListQuery): string => (query.distinct === undefined ? "count(*)" : `count(DISTINCT (${query.distinct}))`);

/** What follows the conditions where rows are taken once for each value. */
const grouping = (query: ListQuery): string => (query.distinct === undefined ? "" : ` GROUP BY ${query.distinct}`);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
export const isUuid = (text: unknown): text is string => typeof text === "string" && UUID.test(text);

const fits = (value: unknown, type: KeyType): boolean => {
  if (type === "integer" || type === "bigint") return Number.isSafeInteger(value);
  if (type === "uuid") return isUuid(value);
  if (typeof value !== "string" || value.includes("\0")) return false;
  if (type === "date") return isDate(value);
  if (type === "timestamptz") return toInstant(value) !== null;
  return true;
};

/** Values in the order of their names and without those that say nothing: what is left out, null and an empty filter ask the same. */
function said(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value ?? undefined;
  const fields = Object.entries(value).map(([name, item]) => [name, said(item)] as const);
  const told = fields.filter(([, item]) => item !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

/** The list as it was asked for: its cursors hold for the same filter and order only, whatever the page size. */
export function boundTo(
  query: ListQuery,
  { first: _first, after: _after, ...asked }: { first?: number | null; after?: string | null },
): ListQuery {
  const question = JSON.stringify(said(asked));
  if (question === undefined) return query;
  const digest = createHash("sha256").update(question).digest("base64url").slice(0, 12);
  return { ...query, ordering: { ...query.ordering, tag: `${query.ordering.tag}#${digest}` } };
}

export const encodeCursor = (ordering: Ordering, row: object): string =>
  Buffer.from(JSON.stringify([ordering.tag, ...ordering.keys.map((key) => (row as Record<string, unknown>)[key.field])])).toString(
    "base64url",
  );

/** @throws PublicError CURSOR_INVALID for anything that this list in this order did not hand out */
export function decodeCursor(ordering: Ordering, cursor: string): unknown[] {
  let parts: unknown;
  try {
    parts = cursor.length > 2000 ? null : JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    parts = null;
  }
  const valid =
    Array.isArray(parts) &&
    parts.length === ordering.keys.length + 1 &&
    parts[0] === ordering.tag &&
    ordering.keys.every((key, index) => fits((parts as unknown[])[index + 1], key.type));
  if (!valid) throw new PublicError("CURSOR_INVALID");
  return (parts as unknown[]).slice(1);
}

const statements = new Map<string, Statement>();

/** Named prepared statements are told apart by a digest of their text. Each is made once: the number of shapes is bounded by the code. */
function named(text: string): Statement {
  let found = statements.get(text);
  if (!found) {
    found = { name: `list_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`, text };
    statements.set(text, found);
  }
  return found;
}

class Sql {
  readonly params: unknown[] = [];
  add(condition: Condition): string {
    let index = 0;
    return condition.sql.replace(/\?/gu, () => {
      this.params.push(condition.params[index++]);
      return `$${this.params.length}`;
    });
  }
}

/** The rows after the cursor: a row comparison, which a composite index answers. */
const after = (ordering: Ordering, values: readonly unknown[]): Condition => ({
  sql: `(${ordering.keys.map((key) => key.sql).join(", ")}) ${ordering.direction === "ASC" ? ">" : "<"} (${ordering.keys.map((key) => `?::${key.type}`).join(", ")})`,
  params: values,
});

const orderBy = (ordering: Ordering): string => ordering.keys.map((key) => `${key.sql} ${ordering.direction}`).join(", ");

const conjunction = (sql: Sql, conditions: readonly Condition[]): string =>
  conditions.length === 0 ? "" : ` WHERE ${conditions.map((condition) => `(${sql.add(condition)})`).join(" AND ")}`;

/** The statement for a page: one row more than asked for tells whether another page follows. */
export function pageStatement(
  query: ListQuery,
  args: { first?: number | null; after?: string | null },
): { statement: Statement; params: unknown[] } {
  const sql = new Sql();
  const size = pageSize(args);
  const where = [...query.where, ...(args.after ? [after(query.ordering, decodeCursor(query.ordering, args.after))] : [])];
  const conditions = conjunction(sql, where);
  const limit = sql.add({ sql: "?", params: [size + 1] });
  return {
    statement: named(
      `SELECT ${query.select} FROM ${query.from}${conditions}${grouping(query)} ORDER BY ${orderBy(query.ordering)} LIMIT ${limit}`,
    ),
    params: sql.params,
  };
}

/** The statement that counts the whole list, as an `integer` column `count`. */
export function countStatement(query: ListQuery): { statement: Statement; params: unknown[] } {
  const sql = new Sql();
  const conditions = conjunction(sql, query.where);
  return { statement: named(`SELECT ${counting(query)}::integer AS count FROM ${query.from}${conditions}`), params: sql.params };
}

/**
 * The statement for the same page of many parents at once: `parent` is a column of the result. `link` ties a row to its
 * parent, e.g. `n.community_id = parent.id`; `parentType` is the SQL type of the parents' ids.
 */
export function pagesStatement(
  query: ListQuery,
  args: { first?: number | null; after?: string | null },
  parents: readonly string[],
  link: string,
  parentType: "uuid" | "text",
): { statement: Statement; params: unknown[] } {
  const sql = new Sql();
  const size = pageSize(args);
  const ids = sql.add({ sql: "?", params: [parents] });
  const where = [
    { sql: link, params: [] },
    ...query.where,
    ...(args.after ? [after(query.ordering, decodeCursor(query.ordering, args.after))] : []),
  ];
  const conditions = conjunction(sql, where);
  const limit = sql.add({ sql: "?", params: [size + 1] });
  const text = `SELECT parent.id AS parent, page.* FROM unnest(${ids}::${parentType}[]) AS parent(id) CROSS JOIN LATERAL (SELECT ${query.select} FROM ${query.from}${conditions}${grouping(query)} ORDER BY ${orderBy(query.ordering)} LIMIT ${limit}) AS page`;
  return { statement: named(text), params: sql.params };
}

/** The statement that counts the lists of many parents at once: columns `parent` and `count`. */
export function countsStatement(
  query: ListQuery,
  parents: readonly string[],
  link: string,
  parentType: "uuid" | "text",
): { statement: Statement; params: unknown[] } {
  const sql = new Sql();
  const ids = sql.add({ sql: "?", params: [parents] });
  const conditions = conjunction(sql, [{ sql: link, params: [] }, ...query.where]);
  const text = `SELECT parent.id AS parent, (SELECT ${counting(query)}::integer FROM ${query.from}${conditions}) AS count FROM unnest(${ids}::${parentType}[]) AS parent(id)`;
  return { statement: named(text), params: sql.params };
}

/** Cuts rows (one more than the page at most) into a page. Cursors are made when they are asked for, which most readers never do. */
export function toPage<T extends object>(
  rows: readonly T[],
  ordering: Ordering,
  args: { first?: number | null; after?: string | null },
  count: () => Promise<number>,
): Page<T> {
  const size = pageSize(args);
  const cursorOf = (row: T | undefined): string | null => (row === undefined ? null : encodeCursor(ordering, row));
  const edges = rows.slice(0, size).map((node) => ({
    node,
    get cursor() {
      return encodeCursor(ordering, node);
    },
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: Boolean(args.after),
      get startCursor() {
        return cursorOf(edges[0]?.node);
      },
      get endCursor() {
        return cursorOf(edges.at(-1)?.node);
      },
    },
    count,
  };
}

/** The statement for the whole list, for lists that the code bounds. */
export function wholeStatement(query: ListQuery): { statement: Statement; params: unknown[] } {
  const sql = new Sql();
  const conditions = conjunction(sql, query.where);
  return {
    statement: named(`SELECT ${query.select} FROM ${query.from}${conditions}${grouping(query)} ORDER BY ${orderBy(query.ordering)}`),
    params: sql.params,
  };
}
