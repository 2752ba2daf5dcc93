import { badInput, checkNumber, isUuid, nestedList, type Condition, type ListQuery } from "@gongjian/subgraph";
import { OFFICE_ZONE } from "../calendar/calendar.rules";
import { hasWord } from "../search/words";
import type { Context } from "../context";
import type { PairingsArgs } from "./pairing.inputs";
import { visiblePairings } from "./pairing.policy";
import { DORMANT_AFTER_DAYS } from "./pairing.rules";
import type { Pairing } from "./pairing.type";

/** An exchange that counts, with `x`: neither corrected by another entry of the log nor withdrawn. */
export const COUNTS = "NOT x.withdrawn AND NOT EXISTS (SELECT 1 FROM pairing_exchange n WHERE n.corrects_id = x.id)";
export const TODAY = `(now() AT TIME ZONE '${OFFICE_ZONE}')::date`;
const LAST = `(SELECT max(x.on_date) FROM pairing_exchange x WHERE x.pairing_id = p.id AND ${COUNTS})`;
const QUIET = `(CASE WHEN p.signed_on IS NULL THEN NULL ELSE greatest(0, ${TODAY} - greatest(${LAST}, p.signed_on)) END)`;
/** A renewal that stands: proposed or signed. One that came to nothing leaves its place to another. */
export const STANDS = "(p.state <> 'ENDED' OR p.signed_on IS NOT NULL)";
export const HELD = "p.state IN ('SIGNED', 'ACTIVE', 'DORMANT')";

export const PAIRING_COLUMNS = `p.id, p.key, p.kind, p.name, p.fields, p.state, p.signed_on AS "signedOn", p.ends_on AS "endsOn",
  p.ended_on AS "endedOn", p.end_reason AS "endReason", ${LAST} AS "lastExchangeOn", ${QUIET} AS "quietDays", p.illustrative, p.source,
  p.version, p.event_id AS "eventId", p.renews_id AS "renewsId", p.relation_id AS "relationId"`;

const WITHIN = `EXISTS (SELECT 1 FROM pairing_party q LEFT JOIN community c ON c.id = q.community_id LEFT JOIN organisation o ON o.id = q.organisation_id
  JOIN region w ON w.code = coalesce(c.region_code, o.region_code) WHERE q.pairing_id = p.id AND w.scope_codes @> ARRAY[?::text])`;
const NOTHING: Condition = { sql: "false", params: [] };

function conditionsOf(filter: NonNullable<PairingsArgs["filter"]>): Condition[] {
  const problems = [
    ...checkNumber("filter.quietFor", filter.quietFor, { least: 1, most: 36_500 }),
    ...checkNumber("filter.expiringWithin", filter.expiringWithin, { least: 0, most: 36_500 }),
  ];
  if (problems.length > 0) throw badInput(problems);
  const conditions: Condition[] = [];
  if (filter.kinds) conditions.push({ sql: "p.kind = ANY(?::text[])", params: [filter.kinds] });
  if (filter.states) conditions.push({ sql: "p.state = ANY(?::text[])", params: [filter.states] });
  if (filter.within) conditions.push({ sql: WITHIN, params: [filter.within.replaceAll("\0", "")] });
  if (filter.eventId) conditions.push(isUuid(filter.eventId) ? { sql: "p.event_id = ?::uuid", params: [filter.eventId] } : NOTHING);
  if (filter.field) conditions.push(hasWord("p.fields", filter.field));
  if (filter.dormant === true)
    conditions.push({ sql: `${HELD} AND ${QUIET} >= ?::integer`, params: [filter.quietFor ?? DORMANT_AFTER_DAYS] });
  if (filter.dormant === false)
    conditions.push({ sql: `NOT (${HELD} AND ${QUIET} >= ?::integer)`, params: [filter.quietFor ?? DORMANT_AFTER_DAYS] });
  if (filter.expiringWithin != null)
    conditions.push({ sql: `${HELD} AND p.ends_on <= ${TODAY} + ?::integer`, params: [filter.expiringWithin] });
  return conditions;
}

const SIGNED = "coalesce(p.signed_on, '9999-12-31'::date)";

export function pairingList(context: Context, { filter, orderBy }: PairingsArgs): ListQuery {
  const order = orderBy ?? "SIGNED_DESC";
  return {
    select: `${PAIRING_COLUMNS}, ${SIGNED} AS "orderedOn"`,
    from: "pairing p",
    where: [...visiblePairings(context.viewer), ...(filter ? conditionsOf(filter) : [])],
    ordering: {
      tag: `pairings:${order}`,
      keys: [
        { sql: SIGNED, field: "orderedOn", type: "date" },
        { sql: "p.id", field: "id", type: "uuid" },
      ],
      direction: order === "SIGNED_ASC" ? "ASC" : "DESC",
    },
  };
}

const below = (link: string) => nestedList<Context, PairingsArgs, Pairing>({ query: pairingList, link, parentType: "uuid" });
const member = (column: string) => `EXISTS (SELECT 1 FROM pairing_party m WHERE m.pairing_id = p.id AND m.${column} = parent.id)`;

export const ofCommunity = below(member("community_id"));
export const ofOrganisation = below(member("organisation_id"));
export const ofEvent = below("p.event_id = parent.id");
