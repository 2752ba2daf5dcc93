import { statement } from "@gongjian/database";
import { badInput, checkNumber, defineLoader, groupsInOrder, type Condition, type ListQuery } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { OwedVisitsArgs } from "./pairing.inputs";
import { COUNTS, HELD, TODAY } from "./pairing.lists";
import { visiblePairings } from "./pairing.policy";
import type { OwedVisit } from "./pairing.type";

/**
 * Who owes whom a return visit, pair of parties by pair. A visit is returned by one the other way round on the same day or later, the
 * earliest first; each returns one, and one that returns is owed nothing itself. So the difference is owed, and the visits that wait are
 * the latest of whoever came more often: the first of these has waited longest.
 */
const OWED = `(SELECT t.pairing_id, CASE WHEN t.ab > t.ba THEN t.a ELSE t.b END AS visitor_id, CASE WHEN t.ab > t.ba THEN t.b ELSE t.a END AS host_id,
    greatest(t.ab, t.ba) AS made, least(t.ab, t.ba) AS returned, abs(t.ab - t.ba) AS owed,
    (CASE WHEN t.ab > t.ba THEN t.days_ab ELSE t.days_ba END)[abs(t.ab - t.ba)] AS since
  FROM (SELECT x.pairing_id, least(x.from_id, x.to_id) AS a, greatest(x.from_id, x.to_id) AS b,
      (count(*) FILTER (WHERE x.from_id < x.to_id))::integer AS ab, (count(*) FILTER (WHERE x.from_id > x.to_id))::integer AS ba,
      array_agg(x.on_date ORDER BY x.on_date DESC) FILTER (WHERE x.from_id < x.to_id) AS days_ab,
      array_agg(x.on_date ORDER BY x.on_date DESC) FILTER (WHERE x.from_id > x.to_id) AS days_ba
    FROM pairing_exchange x WHERE x.kind = 'VISIT' AND ${COUNTS}
    GROUP BY x.pairing_id, least(x.from_id, x.to_id), greatest(x.from_id, x.to_id)) t
  WHERE t.ab <> t.ba)`;
const COLUMNS = `o.pairing_id AS "pairingId", o.visitor_id AS "visitorId", o.host_id AS "hostId", o.made, o.returned, o.owed,
  o.since AS "waitingSince", ${TODAY} - o.since AS "waitingDays"`;

const OF_PAIRINGS = statement(
  "owed_visits_of_pairings",
  `SELECT ${COLUMNS} FROM ${OWED} o WHERE o.pairing_id = ANY($1::uuid[]) ORDER BY o.since, o.visitor_id, o.host_id`,
);
export const owedIn = defineLoader<Context, string, OwedVisit[]>(async (context, ids) =>
  groupsInOrder(ids, await context.rows<OwedVisit>(OF_PAIRINGS, [ids]), ({ pairingId }) => pairingId),
);

const partyWithin = (which: string): string => `EXISTS (SELECT 1 FROM pairing_party q LEFT JOIN community c ON c.id = q.community_id
  LEFT JOIN organisation b ON b.id = q.organisation_id JOIN region w ON w.code = coalesce(c.region_code, b.region_code)
  WHERE q.id ${which} AND w.scope_codes @> ARRAY[?::text])`;

function conditionsOf({ filter }: OwedVisitsArgs): Condition[] {
  const problems = checkNumber("filter.waitingAtLeast", filter?.waitingAtLeast, { least: 0, most: 36_500 });
  if (problems.length > 0) throw badInput(problems);
  const conditions: Condition[] = [];
  if (filter?.within) conditions.push({ sql: partyWithin("IN (o.visitor_id, o.host_id)"), params: [filter.within.replaceAll("\0", "")] });
  if (filter?.hostWithin) conditions.push({ sql: partyWithin("= o.host_id"), params: [filter.hostWithin.replaceAll("\0", "")] });
  if (filter?.waitingAtLeast != null) conditions.push({ sql: `${TODAY} - o.since >= ?::integer`, params: [filter.waitingAtLeast] });
  return conditions;
}

/** What is owed in pairings that hold. */
export const owedList = (context: Context, args: OwedVisitsArgs): ListQuery => ({
  select: COLUMNS,
  from: `${OWED} o JOIN pairing p ON p.id = o.pairing_id`,
  where: [{ sql: HELD, params: [] }, ...visiblePairings(context.viewer), ...conditionsOf(args)],
  ordering: {
    tag: "owed-visits",
    keys: [
      { sql: "o.since", field: "waitingSince", type: "date" },
      { sql: "o.pairing_id", field: "pairingId", type: "uuid" },
      { sql: "o.visitor_id", field: "visitorId", type: "uuid" },
      { sql: "o.host_id", field: "hostId", type: "uuid" },
    ],
    direction: "ASC",
  },
});
