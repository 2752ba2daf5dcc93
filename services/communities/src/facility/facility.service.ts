import { constraintOf, stableId, statement } from "@gongjian/database";
import {
  actingRole,
  alreadyExists,
  badInput,
  asGiven,
  bulkUpsert,
  checkNumber,
  command,
  ensure,
  ensureAmong,
  isUuid,
  notFound,
  pageSize,
  readPage,
  roleAmong,
  versionConflict,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type Page,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkPlace, findPlace, type FoundPlace, type Place } from "../place/place";
import type {
  CreateFacilityInput,
  FacilitiesArgs,
  FacilityRow,
  ImportFacilitiesInput,
  NearestFacilitiesArgs,
  UpdateFacilityInput,
} from "./facility.inputs";
import { coverageOfRegion } from "./facility.coverage";
import { featureOf, type FacilityFeature } from "./facility.geojson";
import {
  AROUND,
  byId,
  circleOf,
  COLUMNS,
  facilityList,
  historyOf,
  ofCommunity,
  ofOperator,
  ofRegion,
  openMinute,
  type Point,
} from "./facility.lists";
import { canKeepFacility, FACILITY_KEEPERS } from "./facility.policy";
import { boxAround, checkBounds, checkFacility, checkPosition, CIRCLE_MINUTES, minutesTo, reachOf, type Position } from "./facility.rules";
import { changed, readBack, valuesFrom, valuesOf, writeFacilities, type Values } from "./facility.values";
import type { Facility, FacilityEvent, NearbyFacility, ServiceCircleEntry, ServiceCoverage } from "./facility.type";

const LOCKED = statement("facilities_locked", `SELECT ${COLUMNS} FROM facility f WHERE f.key = ANY($1::text[]) ORDER BY f.id FOR UPDATE`);
const ONE_LOCKED = statement("facility_locked", `SELECT ${COLUMNS} FROM facility f WHERE f.id = $1::uuid FOR UPDATE`);

/** How far off the nearest are looked for at most, in metres. */
const FARTHEST = 50_000;

const unknown = (field: string): InputProblem => ({ field, code: "UNKNOWN_REFERENCE", message: "There is no such record." });
const unknownOperator = ({ operatorId }: { operatorId?: string | null }, found: string | null): InputProblem[] =>
  operatorId && found === null ? [unknown("operatorId")] : [];
/** Where a row or a record says that it lies: in a community, or on a region. */
const placeOf = ({ communityId, regionCode }: Place): Place => ({ communityId: communityId ?? null, regionCode: regionCode ?? null });
const nameOf = (of: Place): string => JSON.stringify(Object.values(placeOf(of)));

/** @throws PublicError BAD_USER_INPUT for a window that is none */
function checked(args: FacilitiesArgs): FacilitiesArgs {
  const problems = checkBounds(args.filter?.bounds);
  if (problems.length > 0) throw badInput(problems);
  return args;
}

/** The register of facilities, and what a community reaches of them. */
export class FacilityService {
  constructor(private readonly context: Context) {}

  historyOf(id: string): Promise<FacilityEvent[]> {
    return this.context.load(historyOf, id);
  }

  /** The facility as a GeoJSON feature, in the script asked for. */
  async featureOf(facility: Facility): Promise<FacilityFeature> {
    const { context } = this;
    const [community, operator] = await Promise.all([
      facility.communityId === null ? null : context.communities.byId(facility.communityId),
      facility.operatorId === null ? null : context.organisations.byId(facility.operatorId),
    ]);
    return featureOf(facility, community, operator, (text) => context.inScript(text));
  }

  /** The scopes that a facility is kept in; null where its community or region is gone. */
  async scopesOf(facility: Facility): Promise<Scopes | null> {
    return (await findPlace(this.context, placeOf(facility)))?.scopes ?? null;
  }

  circleOf(point: Point): Promise<ServiceCircleEntry[]> {
    return this.context.load(circleOf, point);
  }

  coverageOf(regionCode: string): Promise<ServiceCoverage> {
    return this.context.load(coverageOfRegion, regionCode);
  }

  async ofCommunity(parent: string, args: FacilitiesArgs): Promise<Page<Facility>> {
    return this.context.load(ofCommunity, { parent, args: checked(args) });
  }

  async byId(id: string): Promise<Facility | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  async list(args: FacilitiesArgs): Promise<Page<Facility>> {
    return readPage<Facility>(this.context, facilityList(checked(args)), args);
  }

  async ofOperator(parent: string, args: FacilitiesArgs): Promise<Page<Facility>> {
    return this.context.load(ofOperator, { parent, args: checked(args) });
  }

  async ofRegion(parent: string, args: FacilitiesArgs): Promise<Page<Facility>> {
    return this.context.load(ofRegion, { parent, args: checked(args) });
  }

  /** The open facilities around a point, the nearest first. Null when the community that they are asked around has no position. */
  async nearest({ from, categories, openAt, within, first }: NearestFacilitiesArgs): Promise<NearbyFacility[] | null> {
    const community = from.communityId ? await this.context.communities.byId(from.communityId) : null;
    if (from.communityId && !community) throw notFound("Community");
    const problems = [...checkPosition(from), ...checkNumber("within", within, { least: 1, most: FARTHEST })];
    if (Boolean(from.communityId) === ((from.longitude ?? null) !== null))
      problems.push({ field: "from", code: "EXACTLY_ONE", message: "Either a community or a point is given." });
    if (problems.length > 0) throw badInput(problems);
    const { longitude, latitude } = community ?? from;
    if (longitude == null || latitude == null) return null;
    const metres = within ?? reachOf(CIRCLE_MINUTES);
    return this.around({ longitude, latitude }, metres, [categories ?? null, pageSize({ first }), openAt ? openMinute(openAt) : null]);
  }

  private async around(
    at: Position,
    metres: number,
    more: [categories: readonly string[] | null, most: number, openMinute: number | null],
  ): Promise<NearbyFacility[]> {
    const { west, east, south, north } = boxAround(at.longitude, at.latitude, metres);
    const values = [at.longitude, at.latitude, west, east, south, north, metres, ...more];
    const rows = await this.context.rows<Facility & { metres: number }>(AROUND, values);
    return rows.map(({ metres: off, ...facility }) => ({ facility, metres: Math.round(off), minutes: minutesTo(off) }));
  }

  async create(input: CreateFacilityInput): Promise<Facility | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const given = placeOf(input.facility);
    const place = await findPlace(context, given);
    const misplaced = checkPlace("facility", given, place);
    if (misplaced.some(({ code }) => code === "EXACTLY_ONE")) throw badInput(misplaced);
    if (!place) throw notFound(given.communityId ? "Community" : "Region");
    ensure(context.viewer, canKeepFacility(context.viewer, place.scopes));
    const operatorId = await this.operator(input.facility);
    const problems = [
      ...checkFacility(input.facility as Facility, await context.calendars.today()),
      ...unknownOperator(input.facility, operatorId),
    ];
    if (problems.length > 0) throw badInput(problems);
    const id = stableId("facility", input.facility.key);
    const values = valuesFrom(input.facility, operatorId);
    try {
      return await command(context, "createFacility", actingRole(context.viewer, FACILITY_KEEPERS, place.scopes), input, async (tx) => {
        await writeFacilities(tx, [{ id, values, existing: null }]);
        tx.audit({ action: "create", concept: "facility", entityId: id, before: null, after: values });
        return readBack(tx, id);
      });
    } catch (error) {
      if (["facility_key_once", "facility_pkey"].includes(constraintOf(error)?.constraint ?? "")) return alreadyExists("key");
      throw error;
    }
  }

  async update(input: UpdateFacilityInput): Promise<Facility | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const facility = await this.byId(input.id);
    const place = facility && (await findPlace(context, placeOf(facility)));
    if (!facility || !place) throw notFound("Facility");
    ensure(context.viewer, canKeepFacility(context.viewer, place.scopes));
    const operatorId = await this.operator(input);
    const problems = unknownOperator(input, operatorId);
    if (problems.length > 0) throw badInput(problems);
    const role = actingRole(context.viewer, FACILITY_KEEPERS, place.scopes);
    const today = await context.calendars.today();
    return command<Facility | VersionConflict>(context, "updateFacility", role, input, async (tx) => {
      const [stored] = await tx.rows<Facility>(ONE_LOCKED, [facility.id]);
      if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
      const before = valuesOf(stored!);
      const after = changed(before, input, operatorId);
      const wrong = checkFacility(after, today);
      // a day to come was entered in error: any other is better
      if (after.asOf < before.asOf && before.asOf <= today)
        wrong.push({ field: "asOf", code: "OUT_OF_ORDER", message: "Its state is known as of a later day." });
      if (wrong.length > 0) throw badInput(wrong);
      await writeFacilities(tx, [{ id: facility.id, values: after, existing: stored! }]);
      tx.audit({ action: "update", concept: "facility", entityId: facility.id, before, after });
      return readBack(tx, facility.id);
    });
  }

  async import(input: ImportFacilitiesInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, FACILITY_KEEPERS);
    const places = await this.placesOf(input.rows);
    const operatorIds = [...new Set(input.rows.flatMap(({ operatorId }) => operatorId ?? []))];
    const operators = new Map(await Promise.all(operatorIds.map(async (id) => [id, await context.organisations.byId(id)] as const)));
    const unknownOperatorOf = (row: FacilityRow): boolean => {
      const { operatorId } = asGiven(row);
      return Boolean(operatorId && !operators.get(operatorId));
    };
    const today = await context.calendars.today();
    let elsewhere = new Map<string, FoundPlace | null>();
    return bulkUpsert<FacilityRow, Values, Facility>(context, input, {
      operation: "importFacilities",
      concept: "facility",
      role: roleAmong(context.viewer, FACILITY_KEEPERS),
      rows: input.rows,
      keyOf: ({ key }) => key,
      check: (row) => [
        ...checkFacility(row, today),
        ...checkPlace("", placeOf(row), places.get(nameOf(row)) ?? null).map((wrong) => ({
          ...wrong,
          field: wrong.field || "communityId",
        })),
        ...(unknownOperatorOf(row) ? [unknown("operatorId")] : []),
      ],
      existing: async (tx, keys) => {
        const rows = await tx.rows<Facility>(LOCKED, [keys]);
        elsewhere = await this.placesOf(rows);
        return new Map(rows.map((row) => [row.key, row]));
      },
      idOf: ({ id }) => id,
      newId: ({ key }) => stableId("facility", key),
      toValues: (row) => valuesFrom(row, (row.operatorId && (operators.get(row.operatorId)?.id ?? row.operatorId)) || null),
      storedValues: valuesOf,
      // where it lies is told in one of two fields, so that it is always told
      kept: (existing) => ({ ...valuesOf(existing), communityId: undefined, regionCode: undefined }),
      permit: (row, existing) =>
        canKeepFacility(context.viewer, places.get(nameOf(row))?.scopes ?? []) &&
        (existing === null || canKeepFacility(context.viewer, elsewhere.get(nameOf(existing))?.scopes ?? [])),
      write: writeFacilities,
    });
  }

  /** The places of rows or records, by `nameOf`. */
  private async placesOf(of: readonly Place[]): Promise<Map<string, FoundPlace | null>> {
    const asked = new Map(of.map((one) => [nameOf(one), placeOf(one)]));
    return new Map(await Promise.all([...asked].map(async ([name, place]) => [name, await findPlace(this.context, place)] as const)));
  }

  private async operator({ operatorId }: { operatorId?: string | null }): Promise<string | null> {
    return operatorId ? ((await this.context.organisations.byId(operatorId))?.id ?? null) : null;
  }
}
