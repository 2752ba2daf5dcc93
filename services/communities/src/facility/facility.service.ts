import { stableId, statement } from "@gongjian/database";
import { FACILITY_CATEGORIES, FacilityEntity } from "@gongjian/entities-communities";
import {
  bulkUpsert,
  checkNumber,
  checkText,
  checkTexts,
  defineLoader,
  ensureAmong,
  groupsInOrder,
  nestedList,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type ListArgs,
  type Page,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { findPlace, type FoundPlace } from "../place/place";
import type { FacilityRow, ImportFacilitiesInput } from "./facility.inputs";
import { canKeepFacility, FACILITY_KEEPERS } from "./facility.policy";
import { boxAround, CIRCLE_MINUTES, minutesTo, reachOf } from "./facility.rules";
import type { Facility, FacilityEvent, ServiceCircleEntry } from "./facility.type";

const COLUMNS = `f.id, f.key, f.name, f.category, f.state, f.community_id AS "communityId", f.operator_id AS "operatorId", f.longitude, f.latitude,
  f.address, f.capacity, f.shared, f.wants_operator AS "wantsOperator", f.formerly, f.exhibitions, f.as_of AS "asOf", f.source, f.version`;
const LOCKED = statement("facilities_locked", `SELECT ${COLUMNS} FROM facility f WHERE f.key = ANY($1::text[]) ORDER BY f.id FOR UPDATE`);
const HISTORY = statement(
  "facility_events",
  `SELECT e.facility_id AS "facilityId", e.version, e.name, e.category, e.state, e.as_of AS "asOf"
   FROM facility_event e WHERE e.facility_id = ANY($1::uuid[]) ORDER BY e.facility_id, e.version`,
);
/** The nearest of each category around each point: the box goes through the index, the circle through what the box leaves. */
const NEAREST = statement(
  "facilities_nearest",
  `SELECT p.id AS "pointId", near.* FROM unnest($1::text[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::float8[])
     AS p(id, longitude, latitude, west, south, east, north)
   CROSS JOIN LATERAL (SELECT DISTINCT ON (f.category) ${COLUMNS}, d.metres
     FROM facility f CROSS JOIN LATERAL metres_between(p.longitude, p.latitude, f.longitude, f.latitude) AS d(metres)
     WHERE f.state = 'OPEN' AND f.latitude BETWEEN p.south AND p.north AND f.longitude BETWEEN p.west AND p.east AND d.metres <= $8::float8
     ORDER BY f.category, d.metres, f.id) near`,
);
const CIRCLE = FACILITY_CATEGORIES.filter((category) => category !== "OTHER");

interface Point {
  id: string;
  longitude: number;
  latitude: number;
}
const historyOf = defineLoader<Context, string, FacilityEvent[]>(async (context, ids) =>
  groupsInOrder(ids, await context.rows<FacilityEvent>(HISTORY, [ids]), (row) => row.facilityId),
);
const circleOf = defineLoader<Context, Point, ServiceCircleEntry[]>(async (context, points) => {
  const reach = reachOf(CIRCLE_MINUTES);
  const boxes = points.map(({ longitude, latitude }) => boxAround(longitude, latitude, reach));
  const rows = await context.rows<Facility & { pointId: string; metres: number }>(NEAREST, [
    points.map(({ id }) => id),
    points.map(({ longitude }) => longitude),
    points.map(({ latitude }) => latitude),
    ...(["west", "south", "east", "north"] as const).map((side) => boxes.map((box) => box[side])),
    reach,
  ]);
  return points.map(({ id }) =>
    CIRCLE.map((category) => {
      const nearest = rows.find((row) => row.pointId === id && row.category === category) ?? null;
      return { category, nearest, minutes: nearest && minutesTo(nearest.metres) };
    }),
  );
});
const ofCommunity = nestedList<Context, ListArgs, Facility>({
  query: () => ({
    select: COLUMNS,
    from: "facility f",
    where: [],
    ordering: {
      tag: "community-facilities",
      keys: [
        { sql: "f.name", field: "name", type: "text" },
        { sql: "f.id", field: "id", type: "uuid" },
      ],
      direction: "ASC",
    },
  }),
  link: "f.community_id = parent.id",
  parentType: "uuid",
});

type Values = Omit<Facility, "id" | "version">;
function valuesOf({ id: _id, version: _version, ...values }: Facility): Values {
  return values;
}
const unknown = (field: string): InputProblem => ({ field, code: "UNKNOWN_REFERENCE", message: "There is no such record." });

function checkFacility(row: FacilityRow): InputProblem[] {
  const problems = [
    ...checkText("key", row.key, { least: 1, most: 100 }),
    ...checkText("name", row.name, { least: 1, most: 100 }),
    ...checkText("address", row.address, { most: 200 }),
    ...checkText("formerly", row.formerly, { most: 200 }),
    ...checkText("source", row.source, { most: 200 }),
    ...checkTexts("exhibitions", row.exhibitions, { most: 100, mostItems: 20 }),
    ...checkNumber("capacity", row.capacity, { least: 1, most: 1_000_000 }),
    ...checkNumber("longitude", row.longitude, { least: -180, most: 180 }),
    ...checkNumber("latitude", row.latitude, { least: -90, most: 90 }),
  ];
  if (((row.longitude ?? null) === null) !== ((row.latitude ?? null) === null))
    problems.push({ field: "latitude", code: "INCOMPLETE", message: "Longitude and latitude are given together or not at all." });
  if (row.wantsOperator && (!row.shared || row.operatorId))
    problems.push({ field: "wantsOperator", code: "NOT_ALLOWED", message: "Only a shared space without an operator wants one." });
  return problems;
}

/** The register of facilities, and what a community reaches of them. */
export class FacilityService {
  constructor(private readonly context: Context) {}

  historyOf(id: string): Promise<FacilityEvent[]> {
    return this.context.load(historyOf, id);
  }

  circleOf(point: Point): Promise<ServiceCircleEntry[]> {
    return this.context.load(circleOf, point);
  }

  ofCommunity(parent: string, args: ListArgs): Promise<Page<Facility>> {
    return this.context.load(ofCommunity, { parent, args });
  }

  async import(input: ImportFacilitiesInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, FACILITY_KEEPERS);
    const places = await this.placesOf(input.rows.map(({ communityId }) => communityId));
    const operatorIds = [...new Set(input.rows.flatMap(({ operatorId }) => operatorId ?? []))];
    const operators = new Map(await Promise.all(operatorIds.map(async (id) => [id, await context.organisations.byId(id)] as const)));
    let elsewhere = new Map<string, FoundPlace | null>();
    return bulkUpsert<FacilityRow, Values, Facility>(context, input, {
      operation: "importFacilities",
      concept: "facility",
      role: roleAmong(context.viewer, FACILITY_KEEPERS),
      rows: input.rows,
      keyOf: ({ key }) => key,
      check: (row) => [
        ...checkFacility(row),
        ...(places.get(row.communityId) ? [] : [unknown("communityId")]),
        ...(row.operatorId && !operators.get(row.operatorId) ? [unknown("operatorId")] : []),
      ],
      existing: async (tx, keys) => {
        const rows = await tx.rows<Facility>(LOCKED, [keys]);
        elsewhere = await this.placesOf(rows.map(({ communityId }) => communityId));
        return new Map(rows.map((row) => [row.key, row]));
      },
      idOf: ({ id }) => id,
      newId: ({ key }) => stableId("facility", key),
      toValues: (row) => ({
        key: row.key,
        name: row.name.trim(),
        category: row.category,
        state: row.state,
        communityId: row.communityId.toLowerCase(),
        operatorId: row.operatorId ? operators.get(row.operatorId)!.id : null,
        longitude: row.longitude ?? null,
        latitude: row.latitude ?? null,
        address: row.address ?? null,
        capacity: row.capacity ?? null,
        shared: row.shared ?? false,
        wantsOperator: row.wantsOperator ?? false,
        formerly: row.formerly ?? null,
        exhibitions: row.exhibitions ?? [],
        asOf: row.asOf,
        source: row.source ?? null,
      }),
      storedValues: valuesOf,
      permit: (row, existing) =>
        canKeepFacility(context.viewer, places.get(row.communityId)?.scopes ?? []) &&
        (existing === null || canKeepFacility(context.viewer, elsewhere.get(existing.communityId)?.scopes ?? [])),
      write: async (tx, records) => {
        const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => ({ ...values, id }));
        if (created.length > 0) await tx.manager.insert(FacilityEntity, created);
        for (const { id, values, existing } of records) if (existing !== null) await tx.manager.update(FacilityEntity, { id }, values);
      },
    });
  }

  private async placesOf(ids: readonly string[]): Promise<Map<string, FoundPlace | null>> {
    return new Map(
      await Promise.all([...new Set(ids)].map(async (id) => [id, await findPlace(this.context, { communityId: id })] as const)),
    );
  }
}
