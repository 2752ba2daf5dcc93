import { isUuid, nestedList, type Condition, type ListQuery } from "@gongjian/subgraph";
import { OFFICE_ZONE } from "../calendar/calendar.rules";
import { hasWord } from "../search/words";
import type { Context } from "../context";
import type { AppointmentsArgs } from "./appointment.inputs";
import { visibleAppointments } from "./appointment.policy";
import type { Appointment } from "./appointment.type";

const TODAY = `(now() AT TIME ZONE '${OFFICE_ZONE}')::date`;

/** `statusOn` of the rules as SQL, for today. */
export const STATUS = `(CASE WHEN a.revoked_on <= ${TODAY} THEN 'REVOKED'
  WHEN coalesce(a.starts_first, a.attested_on) > ${TODAY} THEN 'UPCOMING'
  WHEN a.ends_last < ${TODAY} THEN 'EXPIRED'
  WHEN a.ends_last IS NULL AND a.starts_first IS NULL AND a.attested_on < ${TODAY} THEN 'ATTESTED'
  ELSE 'CURRENT' END)`;

export const APPOINTMENT_COLUMNS = `a.id, a.key, a.person_id AS "personId", a.role, ${STATUS} AS status, a.starts_first AS "startsFirst",
  a.starts_last AS "startsLast", a.ends_first AS "endsFirst", a.ends_last AS "endsLast", a.attested_on AS "attestedOn", a.capacity, a.expertise,
  a.published, a.revoked_on AS "revokedOn", a.revocation_reason AS "revocationReason", a.source, a.version, a.region_code AS "regionCode",
  a.community_id AS "communityId", a.organisation_id AS "organisationId", a.on_behalf_community_id AS "onBehalfCommunityId",
  a.on_behalf_organisation_id AS "onBehalfOrganisationId", a.conferrer_region_code AS "conferrerRegionCode",
  a.conferrer_community_id AS "conferrerCommunityId", a.conferrer_organisation_id AS "conferrerOrganisationId", a.event_id AS "eventId"`;

/** Whether it held on a day, as far as is known. */
export const heldOn = (day: string): Condition => ({
  sql: `coalesce(a.starts_first, a.attested_on) <= ?::date
    AND coalesce(a.ends_last, CASE WHEN a.starts_first IS NULL THEN a.attested_on ELSE 'infinity'::date END) >= ?::date
    AND coalesce(a.revoked_on > ?::date, true)`,
  params: [day, day, day],
});

export const WITHIN = `EXISTS (SELECT 1 FROM region w WHERE w.scope_codes @> ARRAY[?::text] AND w.code = coalesce(a.region_code,
  (SELECT c.region_code FROM community c WHERE c.id = a.community_id), (SELECT o.region_code FROM organisation o WHERE o.id = a.organisation_id)))`;
const certainTerm = (alias: string): string =>
  `communities.certain_term(${alias}.starts_last, ${alias}.ends_first, ${alias}.revoked_on, ${alias}.attested_on)`;

/** Whether the same person certainly held another appointment in its term. One that the viewer may not see does not count: it would be told of. */
function overlapping(context: Context, wanted: boolean): Condition {
  const seen = visibleAppointments(context.viewer).map(({ sql, params }) => ({ sql: sql.replace(/\ba\./gu, "b."), params }));
  const conditions = [
    "b.person_id = a.person_id",
    "b.id <> a.id",
    `${certainTerm("b")} && ${certainTerm("a")}`,
    ...seen.map(({ sql }) => `(${sql})`),
  ];
  return {
    sql: `${wanted ? "" : "NOT "}EXISTS (SELECT 1 FROM appointment b WHERE ${conditions.join(" AND ")})`,
    params: seen.flatMap(({ params }) => params),
  };
}
const NOTHING: Condition = { sql: "false", params: [] };

export function appointmentList(context: Context, { filter, orderBy }: AppointmentsArgs): ListQuery {
  const order = orderBy ?? "STARTED_DESC";
  return {
    select: `${APPOINTMENT_COLUMNS}, coalesce(a.starts_first, a.attested_on) AS "knownFrom"`,
    from: "appointment a",
    where: [
      ...visibleAppointments(context.viewer),
      ...(filter?.roles ? [{ sql: "a.role = ANY(?::text[])", params: [filter.roles] }] : []),
      ...(filter?.onDate ? [heldOn(filter.onDate)] : []),
      ...(filter?.statuses ? [{ sql: `${STATUS} = ANY(?::text[])`, params: [filter.statuses] }] : []),
      ...(filter?.within ? [{ sql: WITHIN, params: [filter.within.replaceAll("\0", "")] }] : []),
      ...(filter?.eventId ? [isUuid(filter.eventId) ? { sql: "a.event_id = ?::uuid", params: [filter.eventId] } : NOTHING] : []),
      ...(filter?.expertise ? [hasWord("a.expertise", filter.expertise)] : []),
      ...(filter?.expiringBefore ? [{ sql: `${STATUS} = 'CURRENT' AND a.ends_last < ?::date`, params: [filter.expiringBefore] }] : []),
      ...(filter?.overlapping == null ? [] : [overlapping(context, filter.overlapping)]),
    ],
    ordering: {
      tag: `appointments:${order}`,
      keys: [
        { sql: "coalesce(a.starts_first, a.attested_on)", field: "knownFrom", type: "date" },
        { sql: "a.id", field: "id", type: "uuid" },
      ],
      direction: order === "STARTED_ASC" ? "ASC" : "DESC",
    },
  };
}

const below = (link: string, parentType: "uuid" | "text") =>
  nestedList<Context, AppointmentsArgs, Appointment>({ query: appointmentList, link, parentType });

export const ofPerson = below("a.person_id = parent.id", "uuid");
export const atCommunity = below("a.community_id = parent.id", "uuid");
export const atOrganisation = below("a.organisation_id = parent.id", "uuid");
export const atRegion = below("a.region_code = parent.id", "text");
export const ofEvent = below("a.event_id = parent.id", "uuid");
/** People of a community or organisation in roles elsewhere. */
export const onBehalfOfCommunity = below("a.on_behalf_community_id = parent.id", "uuid");
export const onBehalfOfOrganisation = below("a.on_behalf_organisation_id = parent.id", "uuid");
