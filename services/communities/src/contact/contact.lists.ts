import type { Condition, ListQuery, Viewer } from "@gongjian/subgraph";
import type { ContactReadingsArgs } from "./contact.inputs";
import { CONTACT_KNOWERS } from "./contact.policy";

export const CONTACT_COLUMNS = `c.id, c.community_id AS "communityId", c.organisation_id AS "organisationId",
  c.appointment_id AS "appointmentId", c.kind, c.purpose, c.label, c.published,
  c.created_at AS "createdAt", c.version`;

/** A column of the appointment whose holder is reached. */
const appointed = (column: string): string => `(SELECT a.${column} FROM appointment a WHERE a.id = c.appointment_id)`;
/** Where a contact lies: a holder's, where the appointment is. */
const COMMUNITY = `coalesce(c.community_id, ${appointed("community_id")})`;
const ORGANISATION = `coalesce(c.organisation_id, ${appointed("organisation_id")})`;
const REGION = `coalesce((SELECT o.region_code FROM community o WHERE o.id = ${COMMUNITY}),
  (SELECT o.region_code FROM organisation o WHERE o.id = ${ORGANISATION}), ${appointed("region_code")})`;

/** Only contacts that the viewer may know of: published, or `canKnowContact` as SQL. */
export function knowable(viewer: Viewer): Condition[] {
  const reaching = viewer.memberships.filter(
    ({ role, scope }) => (CONTACT_KNOWERS as readonly string[]).includes(role) || (role === "SERVICE" && scope !== "*"),
  );
  if (reaching.some(({ scope }) => scope === "*")) return [];
  const of = (kind: string): string[] =>
    reaching.filter(({ scope }) => scope.startsWith(`${kind}:`)).map(({ scope }) => scope.slice(kind.length + 1));
  if (reaching.length === 0) return [{ sql: "c.published", params: [] }];
  return [
    {
      sql: `(c.published OR ${COMMUNITY} = ANY(?::uuid[]) OR ${ORGANISATION} = ANY(?::uuid[])
        OR EXISTS (SELECT 1 FROM region r WHERE r.code = ${REGION} AND r.scope_codes && ?::text[]))`,
      params: [of("community"), of("organisation"), of("region")],
    },
  ];
}

export const contactList = (viewer: Viewer): ListQuery => ({
  select: CONTACT_COLUMNS,
  from: "contact c",
  where: knowable(viewer),
  ordering: { tag: "contacts:ID_ASC", keys: [{ sql: "c.id", field: "id", type: "uuid" }], direction: "ASC" },
});

export const readingList = ({ contactId, issuer, subject }: ContactReadingsArgs): ListQuery => ({
  select: `a.id, a.contact_id AS "contactId", a.at, a.issuer, a.subject, a.role, a.request_id AS "requestId"`,
  from: "contact_reading a",
  where: [
    ...(contactId ? [{ sql: "a.contact_id = ?::uuid", params: [contactId] }] : []),
    ...(issuer ? [{ sql: "a.issuer = ?", params: [issuer] }] : []),
    ...(subject ? [{ sql: "a.subject = ?", params: [subject] }] : []),
  ],
  ordering: { tag: "contactReadings:ID_DESC", keys: [{ sql: "a.id", field: "id", type: "bigint" }], direction: "DESC" },
});
