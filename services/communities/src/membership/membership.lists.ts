import type { Condition, ListQuery, Viewer } from "@gongjian/subgraph";
import type { MembershipFilter } from "./membership.inputs";
import { READING, type Rule } from "./membership.policy";
import { MEMBERSHIP_ZONE } from "./membership.rules";

const TODAY = `(now() AT TIME ZONE '${MEMBERSHIP_ZONE}')::date`;
/** Whether a membership counts now. Null for none: every part is known. */
export const LIVE = `(m.revoked_at IS NULL AND m.starts_on <= ${TODAY} AND (m.ends_on IS NULL OR m.ends_on >= ${TODAY}))`;

export const MEMBERSHIP_COLUMNS = `m.id, m.issuer, m.subject, m.role, m.scope, m.region_code AS "regionCode", m.community_id AS "communityId",
  m.organisation_id AS "organisationId", m.starts_on AS "startsOn", m.ends_on AS "endsOn", ${LIVE} AS live, m.granted_by AS "grantedBy",
  m.granted_by_issuer AS "grantedByIssuer",
  m.granted_at AS "grantedAt", m.revoked_by AS "revokedBy", m.revoked_by_issuer AS "revokedByIssuer", m.revoked_at AS "revokedAt", m.reason, m.version`;

/** The region that a membership lies in. */
const REGION = `coalesce(m.region_code, (SELECT c.region_code FROM community c WHERE c.id = m.community_id),
  (SELECT o.region_code FROM organisation o WHERE o.id = m.organisation_id))`;

/** What `reaches` in the policy says of one rule, as SQL over the viewer's scopes. */
function reachedBy({ by, roles, at }: Rule, viewer: Viewer): Condition[] {
  const held = viewer.memberships.filter(({ role }) => role === by).map(({ scope }) => scope);
  if (held.length === 0) return [];
  const role: Condition = { sql: "m.role = ANY(?::text[])", params: [roles] };
  if (held.includes("*")) return [at === "in" ? role : { sql: `${role.sql} AND m.scope <> '*'`, params: role.params }];
  const regions = held.filter((scope) => scope.startsWith("region:")).map((scope) => scope.slice("region:".length));
  const containers = at === "in" ? "?::text[]" : "array_remove(?::text[], m.region_code)";
  const inRegion = `EXISTS (SELECT 1 FROM region r WHERE r.code = ${REGION} AND r.scope_codes && ${containers})`;
  const itself = at === "in" ? " OR m.scope = ANY(?::text[])" : "";
  return [{ sql: `${role.sql} AND (${inRegion}${itself})`, params: [roles, regions, ...(at === "in" ? [held] : [])] }];
}

/** Only memberships that the viewer may read: `canReadMembership` as SQL. */
export function readable(viewer: Viewer): Condition {
  const own: Condition = { sql: "m.issuer = ? AND m.subject = ?", params: [viewer.issuer ?? null, viewer.subject] };
  const ways = [own, ...READING.flatMap((rule) => reachedBy(rule, viewer))];
  return { sql: ways.map(({ sql }) => `(${sql})`).join(" OR "), params: ways.flatMap(({ params }) => params) };
}

const EQUALS = ["issuer", "subject", "role", "scope"] as const;

export const membershipList = (viewer: Viewer, filter: MembershipFilter): ListQuery => ({
  select: MEMBERSHIP_COLUMNS,
  from: "membership m",
  where: [
    readable(viewer),
    ...EQUALS.filter((field) => filter[field] != null).map((field) => ({ sql: `m.${field} = ?`, params: [filter[field]] })),
    ...(filter.live == null ? [] : [{ sql: `${LIVE} = ?::boolean`, params: [filter.live] }]),
  ],
  ordering: { tag: "memberships:ID_DESC", keys: [{ sql: "m.id", field: "id", type: "uuid" }], direction: "DESC" },
});
