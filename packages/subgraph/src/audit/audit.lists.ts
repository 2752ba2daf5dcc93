import type { Condition, ListQuery, Ordering } from "../connection/list-query";
import type { AuditFilter } from "./audit.inputs";

const NEWEST_FIRST: Ordering = { tag: "audit:ID_DESC", keys: [{ sql: "a.id", field: "id", type: "bigint" }], direction: "DESC" };

const SELECT = `a.id, a.at, a.subject, a.issuer, a.role, a.action, a.concept, a.entity_id AS "entityId", a.before, a.after,
  a.request_id AS "requestId", encode(a.previous_hash, 'hex') AS "previousHash", encode(a.hash, 'hex') AS hash`;

/** Entries are never earlier than those before them: the ends of a period are two ids, found by the index on `at`. */
const FIRST_SINCE = "SELECT e.id FROM audit_entry AS e WHERE e.at >= ?::timestamptz ORDER BY e.at, e.id LIMIT 1";
const AFTER_ALL = "9223372036854775807";

const EQUALS = [
  ["concept", "a.concept = ?"],
  ["entityId", "a.entity_id = ?"],
  ["subject", "a.subject = ?"],
  ["action", "a.action = ?"],
  ["requestId", "a.request_id = ?"],
] as const;

/** The audit trail of the subgraph's own schema. */
export function auditTrail(filter: AuditFilter): ListQuery {
  const where: Condition[] = EQUALS.filter(([field]) => filter[field] != null).map(([field, sql]) => ({ sql, params: [filter[field]] }));
  if (filter.from) where.push({ sql: `a.id >= (${FIRST_SINCE})`, params: [filter.from] });
  if (filter.to) where.push({ sql: `a.id < coalesce((${FIRST_SINCE}), ${AFTER_ALL})`, params: [filter.to] });
  return { select: SELECT, from: "audit_entry AS a", where, ordering: NEWEST_FIRST };
}
