import { constraintOf, stableId, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { EventSeriesEntity } from "@gongjian/entities-events";
import { indexTokens } from "@gongjian/hantext";
import {
  actingRole,
  alreadyExists,
  badInput,
  asGiven,
  bulkUpsert,
  command,
  defineLoader,
  ensure,
  inOrder,
  isUuid,
  notFound,
  readPage,
  versionConflict,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type ListQuery,
  type Page,
  type VersionConflict,
  writeRecords,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { knownRegions, type KnownRegions } from "../external/region-scopes";
import { roleAmong } from "../roles";
import { canBeKey, changed, searchCondition } from "../text";
import type {
  CreateEventSeriesInput,
  EventSeriesListArgs,
  EventSeriesRow,
  ImportEventSeriesInput,
  UpdateEventSeriesInput,
} from "./series.inputs";
import { canWriteSeries, mayImportSeries, scopesOfRegion, SERIES_WRITERS } from "./series.policy";
import { checkEventSeries } from "./series.rules";
import type { EventSeries } from "./series.type";

const COLUMNS = `s.id, s.key, s.name, s.description, s.region_code AS "regionCode", s.region_scope_codes AS "regionScopeCodes", s.source, s.version`;
const BY_ID = statement("series_by_id", `SELECT ${COLUMNS} FROM event_series s WHERE s.id = ANY($1::uuid[])`);
const BY_KEY = statement("series_by_key", `SELECT ${COLUMNS} FROM event_series s WHERE s.key = ANY($1::text[])`);
const LOCKED = statement("series_locked", `SELECT ${COLUMNS} FROM event_series s WHERE s.key = ANY($1::text[]) ORDER BY s.id FOR UPDATE`);
const ONE_LOCKED = statement("series_one_locked", `SELECT ${COLUMNS} FROM event_series s WHERE s.id = $1::uuid FOR UPDATE`);

const listOf = ({ filter, orderBy }: EventSeriesListArgs): ListQuery => ({
  select: COLUMNS,
  from: "event_series s",
  where: [
    ...(filter?.regionCode ? [{ sql: "s.region_code = ?", params: [canBeKey(filter.regionCode) ? filter.regionCode : ""] }] : []),
    ...searchCondition("s.search_vector", filter?.search),
  ],
  ordering: {
    tag: `event-series:${orderBy ?? "NAME_ASC"}`,
    keys: [
      { sql: "s.name", field: "name", type: "text" },
      { sql: "s.id", field: "id", type: "uuid" },
    ],
    direction: orderBy === "NAME_DESC" ? "DESC" : "ASC",
  },
});

const byId = defineLoader<Context, string, EventSeries | null>(async (context, ids) =>
  inOrder(ids, await context.rows<EventSeries>(BY_ID, [ids]), (row) => row.id),
);

type Values = Pick<EventSeries, "key" | "name" | "description" | "regionCode" | "regionScopeCodes" | "source">;
const valuesOf = ({ key, name, description, regionCode, regionScopeCodes, source }: Values): Values => ({
  key,
  name,
  description,
  regionCode,
  regionScopeCodes,
  source,
});

const draftValues = (draft: EventSeriesRow, regions: KnownRegions): Values => ({
  key: draft.key,
  name: draft.name.trim(),
  description: draft.description ?? null,
  regionCode: draft.regionCode ?? null,
  regionScopeCodes: regions.scopeCodes(draft.regionCode),
  source: draft.source ?? null,
});

/** Where a series on record lies, when a row says nothing of it. */
const keptRegion = (row: EventSeriesRow, existing: Values | null): Pick<Values, "regionCode" | "regionScopeCodes"> | null =>
  existing === null || asGiven(row).regionCode !== undefined
    ? null
    : { regionCode: existing.regionCode, regionScopeCodes: existing.regionScopeCodes };

/** Reads and writes event series. */
export class SeriesService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<EventSeries | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  async byKey(key: string): Promise<EventSeries | null> {
    return canBeKey(key) ? ((await this.context.rows<EventSeries>(BY_KEY, [[key]]))[0] ?? null) : null;
  }

  list(args: EventSeriesListArgs): Promise<Page<EventSeries>> {
    return readPage<EventSeries>(this.context, listOf(args), args);
  }

  async create(input: CreateEventSeriesInput): Promise<EventSeries | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, mayImportSeries(context.viewer));
    const regions = await knownRegions(context, [input.regionCode]);
    const problems = [...regions.problems(input.regionCode), ...checkEventSeries({ ...input, key: input.key ?? "-" })];
    if (problems.length > 0) throw badInput(problems);
    const values = draftValues({ ...input, key: input.key ?? uuidv7() }, regions);
    const scopes = scopesOfRegion(values);
    ensure(context.viewer, canWriteSeries(context.viewer, scopes));
    const id = stableId("event-series", values.key);
    try {
      return await command(context, "createEventSeries", actingRole(context.viewer, SERIES_WRITERS, scopes), input, async (tx) => {
        if ((await tx.rows(BY_KEY, [[values.key]])).length > 0) return tx.rollback(alreadyExists("key"));
        await tx.manager.insert(EventSeriesEntity, entityOf(tx, { id, values }) as never);
        tx.audit({ action: "create", concept: "event-series", entityId: id, before: null, after: values });
        return readBack(tx, id);
      });
    } catch (error) {
      if (constraintOf(error)?.code === "23505") return alreadyExists("key");
      throw error;
    }
  }

  async update(input: UpdateEventSeriesInput): Promise<EventSeries | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const series = await this.byId(input.id);
    if (!series) throw notFound("EventSeries");
    const scopes = scopesOfRegion(series);
    ensure(context.viewer, canWriteSeries(context.viewer, scopes));
    const regions = await knownRegions(context, [input.regionCode === undefined ? series.regionCode : input.regionCode]);
    return command(context, "updateEventSeries", actingRole(context.viewer, SERIES_WRITERS, scopes), input, async (tx) => {
      const [stored] = await tx.rows<EventSeries>(ONE_LOCKED, [series.id]);
      ensure(context.viewer, canWriteSeries(context.viewer, scopesOfRegion(stored!)));
      if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
      const before = valuesOf(stored!);
      const draft: EventSeriesRow = {
        ...before,
        name: input.name ?? before.name,
        description: changed(input.description, before.description),
        regionCode: changed(input.regionCode, before.regionCode),
      };
      const problems = [...checkEventSeries(draft), ...regions.problems(draft.regionCode)];
      if (problems.length > 0) throw badInput(problems);
      const after = draftValues(draft, regions);
      ensure(context.viewer, canWriteSeries(context.viewer, scopesOfRegion(after)));
      await writeSeries(tx, [{ id: series.id, values: after, existing: series }]);
      tx.audit({ action: "update", concept: "event-series", entityId: series.id, before, after });
      return readBack(tx, series.id);
    });
  }

  async import(input: ImportEventSeriesInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, mayImportSeries(context.viewer));
    const regions = await knownRegions(
      context,
      input.rows.map((row) => row.regionCode),
    );
    return bulkUpsert<EventSeriesRow, Values, EventSeries>(context, input, {
      operation: "importEventSeries",
      concept: "event-series",
      role: roleAmong(context.viewer, SERIES_WRITERS),
      rows: input.rows,
      keyOf: (row) => row.key,
      check: (row) => [...checkEventSeries(row), ...regions.problems(asGiven(row).regionCode)],
      existing: async (tx, keys) => new Map((await tx.rows<EventSeries>(LOCKED, [keys.filter(canBeKey)])).map((row) => [row.key, row])),
      idOf: (series) => series.id,
      newId: (row) => stableId("event-series", row.key),
      toValues: (row, existing) => ({ ...draftValues(row, regions), ...keptRegion(row, existing) }),
      storedValues: valuesOf,
      permit: (row, existing) =>
        (keptRegion(row, existing) !== null ||
          canWriteSeries(
            context.viewer,
            regions.scopeCodes(row.regionCode).map((code) => `region:${code}`),
          )) &&
        (existing === null || canWriteSeries(context.viewer, scopesOfRegion(existing))),
      write: writeSeries,
    });
  }
}

/** The series with these keys. */
export async function seriesByKeys(tx: CommandTransaction, keys: readonly string[]): Promise<Map<string, EventSeries>> {
  const rows = await tx.rows<EventSeries>(BY_KEY, [keys.filter(canBeKey)]);
  return new Map(rows.map((row) => [row.key, row]));
}

interface SeriesRecord {
  id: string;
  values: Values;
  existing: unknown;
}

const entityOf = (tx: CommandTransaction, { id, values }: Omit<SeriesRecord, "existing">): EventSeriesEntity =>
  tx.manager.create(EventSeriesEntity, { ...values, id, searchTokens: indexTokens(values.name) });

async function writeSeries(tx: CommandTransaction, records: readonly SeriesRecord[]): Promise<void> {
  await writeRecords(
    tx,
    EventSeriesEntity,
    records.map((record) => ({ entity: entityOf(tx, record), existing: record.existing })),
  );
}

async function readBack(tx: CommandTransaction, id: string): Promise<EventSeries> {
  const [row] = await tx.rows<EventSeries>(BY_ID, [[id]]);
  return { __typename: "EventSeries", ...row! };
}
