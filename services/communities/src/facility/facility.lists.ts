import { statement } from "@gongjian/database";
import { FACILITY_CATEGORIES } from "@gongjian/entities-communities";
import { defineLoader, groupsInOrder, inOrder, isUuid, nestedList, type Condition, type ListQuery } from "@gongjian/subgraph";
import { OFFICE_ZONE } from "../calendar/calendar.rules";
import type { Context } from "../context";
import type { FacilitiesArgs, MapBounds } from "./facility.inputs";
import { boxAround, CIRCLE_MINUTES, minutesTo, reachOf, type Position } from "./facility.rules";
import { minuteOfWeek } from "./opening-hours";
import type { Facility, FacilityEvent, ServiceCircleEntry } from "./facility.type";

export const COLUMNS = `f.id, f.key, f.name, f.category, f.state, f.community_id AS "communityId", f.region_code AS "regionCode", f.operator_id AS "operatorId", f.longitude, f.latitude,
  f.address, f.capacity, f.shared, f.wants_operator AS "wantsOperator", f.formerly, f.exhibitions, f.opening_hours AS "openingHours", f.as_of AS "asOf", f.source, f.version`;
const BY_ID = statement("facilities_by_id", `SELECT ${COLUMNS} FROM facility f WHERE f.id = ANY($1::uuid[])`);
const HISTORY = statement(
  "facility_events",
  `SELECT e.facility_id AS "facilityId", e.version, e.name, e.category, e.state, e.as_of AS "asOf"
   FROM facility_event e WHERE e.facility_id = ANY($1::uuid[]) ORDER BY e.facility_id, e.version`,
);
/** The nearest around one point, of some categories or of all ($8 null), open at a minute of the week or whenever ($10 null): the box goes through the index first. */
export const AROUND = statement(
  "facilities_around",
  `SELECT ${COLUMNS}, d.metres FROM facility f CROSS JOIN LATERAL metres_between($1::float8, $2::float8, f.longitude, f.latitude) AS d(metres)
   WHERE f.state = 'OPEN' AND f.longitude BETWEEN $3::float8 AND $4::float8 AND f.latitude BETWEEN $5::float8 AND $6::float8
     AND d.metres <= $7::float8 AND ($8::text[] IS NULL OR f.category = ANY($8::text[]))
     AND ($10::integer IS NULL OR f.open_minutes @> $10::integer) ORDER BY d.metres, f.id LIMIT $9::integer`,
);
/**
 * The nearest of each category around each community: the box goes through the index, the circle through what the box leaves. And, without
 * metres, one of each category that lies in the community itself at a place that is not known.
 */
const NEAREST = statement(
  "facilities_nearest",
  `SELECT p.id AS "pointId", near.* FROM unnest($1::text[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::float8[])
     AS p(id, longitude, latitude, west, south, east, north)
   CROSS JOIN LATERAL ((SELECT DISTINCT ON (f.category) ${COLUMNS}, d.metres
     FROM facility f CROSS JOIN LATERAL metres_between(p.longitude, p.latitude, f.longitude, f.latitude) AS d(metres)
     WHERE f.state = 'OPEN' AND f.latitude BETWEEN p.south AND p.north AND f.longitude BETWEEN p.west AND p.east AND d.metres <= $8::float8
     ORDER BY f.category, d.metres, f.id)
   UNION ALL (SELECT DISTINCT ON (f.category) ${COLUMNS}, NULL::float8 FROM facility f
     WHERE f.state = 'OPEN' AND f.longitude IS NULL AND f.community_id = p.id::uuid ORDER BY f.category, f.id)) near`,
);
export const CIRCLE = FACILITY_CATEGORIES.filter((category) => category !== "OTHER");

export interface Point extends Position {
  id: string;
}

export const byId = defineLoader<Context, string, Facility | null>(async (context, ids) =>
  inOrder(ids, await context.rows<Facility>(BY_ID, [ids.filter(isUuid)]), ({ id }) => id),
);
export const historyOf = defineLoader<Context, string, FacilityEvent[]>(async (context, ids) =>
  groupsInOrder(ids, await context.rows<FacilityEvent>(HISTORY, [ids]), (row) => row.facilityId),
);
export const circleOf = defineLoader<Context, Point, ServiceCircleEntry[]>(async (context, points) => {
  const reach = reachOf(CIRCLE_MINUTES);
  const boxes = points.map(({ longitude, latitude }) => boxAround(longitude, latitude, reach));
  const rows = await context.rows<Facility & { pointId: string; metres: number | null }>(NEAREST, [
    points.map(({ id }) => id),
    points.map(({ longitude }) => longitude),
    points.map(({ latitude }) => latitude),
    ...(["west", "south", "east", "north"] as const).map((side) => boxes.map((box) => box[side])),
    reach,
  ]);
  return points.map(({ id }) =>
    CIRCLE.map((category) => {
      const found = rows.filter((row) => row.pointId === id && row.category === category);
      const nearest = found.find(({ metres }) => metres !== null) ?? null;
      const unplaced = nearest === null ? (found[0] ?? null) : null;
      return { category, nearest, minutes: nearest && minutesTo(nearest.metres!), unplaced };
    }),
  );
});

/** In a region at any depth or managed by it, in one of its communities or hung on itself or a region below. The code is asked for twice. */
const WITHIN = `f.id IN (SELECT x.id FROM region r JOIN community c ON c.region_code = r.code JOIN facility x ON x.community_id = c.id
    WHERE r.scope_codes @> ARRAY[?::text]
  UNION ALL SELECT x.id FROM region r JOIN facility x ON x.region_code = r.code WHERE r.scope_codes @> ARRAY[?::text])`;

const inWindow = ({ west, south, east, north }: MapBounds): Condition => ({
  sql: `f.latitude BETWEEN ?::float8 AND ?::float8 AND ${west > east ? "(f.longitude >= ?::float8 OR f.longitude <= ?::float8)" : "f.longitude BETWEEN ?::float8 AND ?::float8"}`,
  params: [south, north, west, east],
});

/** The minute of the week that an instant is by the clock of the facilities. */
export const openMinute = (at: string): number => minuteOfWeek(new Date(at), OFFICE_ZONE);

const openAt = (at: string): Condition => ({ sql: "f.state = 'OPEN' AND f.open_minutes @> ?::integer", params: [openMinute(at)] });

export const facilityList = ({ filter, orderBy }: FacilitiesArgs): ListQuery => ({
  select: COLUMNS,
  from: "facility f",
  where: [
    ...(filter?.within ? [{ sql: WITHIN, params: [filter.within, filter.within] }] : []),
    ...(filter?.category ? [{ sql: "f.category = ?", params: [filter.category] }] : []),
    ...(filter?.state ? [{ sql: "f.state = ?", params: [filter.state] }] : []),
    ...(typeof filter?.shared === "boolean" ? [{ sql: "f.shared = ?", params: [filter.shared] }] : []),
    ...(typeof filter?.wantsOperator === "boolean" ? [{ sql: "f.wants_operator = ?", params: [filter.wantsOperator] }] : []),
    ...(filter?.openAt ? [openAt(filter.openAt)] : []),
    ...(filter?.bounds ? [inWindow(filter.bounds)] : []),
  ],
  ordering: {
    tag: `facilities:${orderBy ?? "NAME_ASC"}`,
    keys: [
      { sql: "f.name", field: "name", type: "text" },
      { sql: "f.id", field: "id", type: "uuid" },
    ],
    direction: orderBy === "NAME_DESC" ? "DESC" : "ASC",
  },
});

const under = (tag: string, link: string, parentType: "uuid" | "text") =>
  nestedList<Context, FacilitiesArgs, Facility>({
    query: (_, args) => {
      const list = facilityList(args);
      return { ...list, ordering: { ...list.ordering, tag: `${tag}:${args.orderBy ?? "NAME_ASC"}` } };
    },
    link,
    parentType,
  });
export const ofCommunity = under("community-facilities", "f.community_id = parent.id", "uuid");
export const ofOperator = under("operator-facilities", "f.operator_id = parent.id", "uuid");
export const ofRegion = under("region-facilities", WITHIN.replaceAll("?::text", "parent.id"), "text");
