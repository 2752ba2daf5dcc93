import { constraintOf, stableId, statement, type CommandTransaction } from "@gongjian/database";
import { asGiven, badInput, bulkUpsert, ensure, type BulkOutcome, type IdempotencyConflict, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";
import { knownRegions } from "../external/region-scopes";
import { roleAmong } from "../roles";
import { mayJoinSeries, outsideSeries } from "../series/series.policy";
import { seriesByKeys } from "../series/series.service";
import type { EventSeries } from "../series/series.type";
import { isAbsent } from "../text";
import type { EventRow, ImportEventsInput } from "./event.import.inputs";
import { canManageEvent, canSeeEvent, EVENT_MANAGERS, mayImportEvents } from "./event.policy";
import { unavailable } from "./event.results";
import { checkEvent, checkHolds, importedState } from "./event.rules";
import { lockEvents, valuesOf, writeEvents, type EventValues, type StoredEvent } from "./event.store";

const EDITIONS = statement(
  "event_editions",
  `SELECT e.key, e.series_id AS "seriesId", e.edition FROM event e WHERE e.series_id = ANY($1::uuid[]) AND e.edition IS NOT NULL`,
);

/** What a list is checked against, read in its transaction. */
interface Stored {
  events: Map<string, StoredEvent>;
  series: Map<string, EventSeries>;
  /** Which event has an edition of a series: `seriesId:edition` to its key. The rows add theirs. */
  editions: Map<string, string>;
}

async function read(tx: CommandTransaction, rows: readonly EventRow[], keys: readonly string[]): Promise<Stored> {
  const events = new Map((await lockEvents(tx, { keys })).map((event) => [event.key, event]));
  const series = await seriesByKeys(tx, [
    ...new Set(rows.map((row) => row.seriesKey).filter((key): key is string => typeof key === "string")),
  ]);
  const taken = await tx.rows<{ key: string; seriesId: string; edition: number }>(EDITIONS, [
    [...[...series.values()].map(({ id }) => id), ...[...events.values()].flatMap(({ seriesId }) => seriesId ?? [])],
  ]);
  const own = new Set(keys);
  const editions = new Map(taken.filter(({ key }) => !own.has(key)).map(({ key, seriesId, edition }) => [`${seriesId}:${edition}`, key]));
  return { events, series, editions };
}

/** Its series: the one named; where the row names none and does not say that there is none, the one that it is in. */
const seriesOf = (row: EventRow, stored: Stored): string | null => {
  if (row.seriesKey === undefined) return stored.events.get(row.key)?.seriesId ?? null;
  return isAbsent(row.seriesKey) ? null : (stored.series.get(row.seriesKey)?.id ?? null);
};

function checkSeries(row: EventRow, stored: Stored): InputProblem[] {
  const seriesId = seriesOf(row, stored);
  if (seriesId === null && isAbsent(row.seriesKey)) return [];
  if (seriesId === null) return [{ field: "seriesKey", code: "UNKNOWN_REFERENCE", message: "There is no such series." }];
  if (isAbsent(row.edition)) return [];
  const place = `${seriesId}:${row.edition}`;
  const holder = stored.editions.get(place);
  if (holder === undefined) stored.editions.set(place, row.key);
  return holder === undefined || holder === row.key ? [] : [EDITION_TAKEN];
}

const NO_END: InputProblem = { field: "endsAt", code: "REQUIRED", message: "A value is required." };
const zoneOf = ({ timeZone }: EventRow): string => timeZone ?? "Asia/Shanghai";
const EDITION_TAKEN: InputProblem = { field: "edition", code: "ALREADY_EXISTS", message: "The series has another event of that edition." };

/** Creates or updates events by key. */
export async function importEvents(context: Context, input: ImportEventsInput): Promise<BulkOutcome | IdempotencyConflict> {
  ensure(context.viewer, mayImportEvents(context.viewer));
  const regions = await knownRegions(
    context,
    input.rows.map((row) => row.regionCode),
  );
  let stored: Stored = { events: new Map(), series: new Map(), editions: new Map() };
  const scopeCodesOf = (row: EventRow, existing: StoredEvent | null): string[] =>
    existing !== null && asGiven(row).regionCode === undefined ? existing.regionScopeCodes : regions.scopeCodes(row.regionCode);
  /** An event that is in its series already stays there. */
  const checkJoins = (row: EventRow): InputProblem[] => {
    const series = isAbsent(row.seriesKey) ? undefined : stored.series.get(row.seriesKey);
    if (series === undefined || stored.events.get(row.key)?.seriesId === series.id) return [];
    const event = { regionScopeCodes: scopeCodesOf(row, stored.events.get(row.key) ?? null) };
    return mayJoinSeries(context.viewer, event, series) ? [] : [outsideSeries("seriesKey")];
  };
  return bulkUpsert<EventRow, EventValues, StoredEvent>(context, input, {
    operation: "importEvents",
    concept: "event",
    role: roleAmong(context.viewer, EVENT_MANAGERS),
    rows: input.rows,
    keyOf: (row) => row.key,
    check: (row) => {
      const existing = stored.events.get(row.key);
      if (isAbsent(row.endsAt)) return [NO_END];
      const timed = { ...row, endsAt: row.endsAt, timeZone: zoneOf(row) };
      return [
        ...checkEvent(timed, !isAbsent(row.seriesKey) || seriesOf(row, stored) !== null),
        ...(existing ? (canSeeEvent(context.viewer, existing) ? checkHolds(timed, existing) : [unavailable("key")]) : []),
        ...regions.problems(asGiven(row).regionCode),
        ...checkSeries(row, stored),
        ...checkJoins(row),
      ];
    },
    existing: async (tx, keys) => {
      stored = await read(tx, input.rows, keys);
      return stored.events;
    },
    idOf: (event) => event.id,
    newId: (row) => stableId("event", row.key),
    toValues: (row, existing) => ({
      key: row.key,
      seriesId: seriesOf(row, stored),
      edition: row.edition ?? null,
      name: row.name.trim(),
      theme: row.theme ?? null,
      kind: row.kind,
      startsAt: row.startsAt,
      endsAt: row.endsAt!,
      timeZone: zoneOf(row),
      place: row.place ?? null,
      regionCode: row.regionCode ?? null,
      regionScopeCodes: scopeCodesOf(row, existing),
      state: importedState(row.published, existing?.state ?? null),
      visitors: row.visitors ?? null,
      visitorsPrecision: row.visitorsPrecision ?? "EXACT",
      source: row.source ?? null,
    }),
    storedValues: valuesOf,
    permit: (row, existing) =>
      canManageEvent(context.viewer, { regionScopeCodes: scopeCodesOf(row, existing) }) &&
      (existing === null || canManageEvent(context.viewer, existing)),
    write: writeEvents,
  }).catch((error: unknown) => {
    // Another list or office took the edition while this one was being written.
    if (constraintOf(error)?.constraint === "event_edition_once") throw badInput([EDITION_TAKEN]);
    throw error;
  });
}
