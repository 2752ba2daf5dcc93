import { statement } from "@gongjian/database";
import { badInput, checkNumber, defineLoader, groupsInOrder, type Condition, type ListQuery } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { OwedVisitsArgs } from "./pairing.inputs";
import { COUNTS, HELD, TODAY } from "./pairing.lists";
import { visiblePairings } from "./pairing.policy";
import type { OwedVisit } from "./pairing.type";

/** The last of a relation that was signed, with `p`: what the others left open goes on in it. */
const LAST_SIGNED = "p.signed_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pairing l WHERE l.renews_id = p.id AND l.signed_on IS NOT NULL)";

/**
 * Who owes whom a return visit, pair of parties by pair. A visit is returned by one the other way round on the same day or later, the
 * earliest first; each returns one, and one that returns is owed nothing itself. So the difference is owed, and the visits that wait are
 * the latest of whoever came more often: the first of these has waited longest. A pairing and what renews it have the same parties: visits
 * are counted over all of them, by who each party is. One look into the log a pairing (pairing_by_relation, pairing_exchange_by_pairing).
 */
const OWED = `pairing p CROSS JOIN LATERAL (
  SELECT v.id AS visitor_id, h.id AS host_id, greatest(t.ab, t.ba) AS made, least(t.ab, t.ba) AS returned, abs(t.ab - t.ba) AS owed,
    (CASE WHEN t.ab > t.ba THEN t.days_ab ELSE t.days_ba END)[abs(t.ab - t.ba)] AS since
  FROM (SELECT least(f.place, g.place) AS a, greatest(f.place, g.place) AS b,
      (count(*) FILTER (WHERE f.place < g.place))::integer AS ab, (count(*) FILTER (WHERE f.place > g.place))::integer AS ba,
      array_agg(x.on_date ORDER BY x.on_date DESC) FILTER (WHERE f.place < g.place) AS days_ab,
      array_agg(x.on_date ORDER BY x.on_date DESC) FILTER (WHERE f.place > g.place) AS days_ba
    FROM pairing r JOIN pairing_exchange x ON x.pairing_id = r.id JOIN pairing_party f ON f.id = x.from_id JOIN pairing_party g ON g.id = x.to_id
    WHERE r.relation_id = p.relation_id AND x.kind = 'VISIT' AND ${COUNTS}
    GROUP BY least(f.place, g.place), greatest(f.place, g.place)) t
  JOIN pairing_party v ON v.pairing_id = p.id AND v.place = CASE WHEN t.ab > t.ba THEN t.a ELSE t.b END
  JOIN pairing_party h ON h.pairing_id = p.id AND h.place = CASE WHEN t.ab > t.ba THEN t.b ELSE t.a END
  WHERE t.ab <> t.ba) o`;
const COLUMNS = `p.id AS "pairingId", o.visitor_id AS "visitorId", o.host_id AS "hostId", o.made, o.returned, o.owed,
  o.since AS "waitingSince", ${TODAY} - o.since AS "waitingDays"`;

const OF_PAIRINGS = statement(
  "owed_visits_of_pairings",
  `SELECT ${COLUMNS} FROM ${OWED} WHERE p.id = ANY($1::uuid[]) AND ${LAST_SIGNED} ORDER BY o.since, o.visitor_id, o.host_id`,
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
  from: OWED,
  where: [{ sql: HELD, params: [] }, ...visiblePairings(context.viewer), ...conditionsOf(args)],
  ordering: {
    tag: "owed-visits",
    keys: [
      { sql: "o.since", field: "waitingSince", type: "date" },
      { sql: "p.id", field: "pairingId", type: "uuid" },
      { sql: "o.visitor_id", field: "visitorId", type: "uuid" },
      { sql: "o.host_id", field: "hostId", type: "uuid" },
    ],
    direction: "ASC",
  },
});
