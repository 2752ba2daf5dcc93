import { constraintOf, stableId, uuidv7, type CommandTransaction } from "@gongjian/database";
import {
  actingRole,
  alreadyExists,
  badInput,
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
  type InputProblem,
  type ListArgs,
  type Page,
  type VersionConflict,
  parentOf,
  type NamedOrganisation,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { knownRegions, type KnownRegions } from "../external/region-scopes";
import { mayJoinSeries, outsideSeries } from "../series/series.policy";
import { canBeKey, changed } from "../text";
import { importEvents } from "./event.import";
import type { ImportEventsInput } from "./event.import.inputs";
import type { ChangeEventStateInput, CreateEventInput, EventsArgs, OrderedEventsArgs, UpdateEventInput } from "./event.inputs";
import * as lists from "./event.lists";
import { canChangeEvent, canManageEvent, canSeeEvent, EVENT_EDITORS, EVENT_MANAGERS, mayImportEvents, scopesOfEvent } from "./event.policy";
import { unavailable, wrongEventState, type WrongEventState } from "./event.results";
import { checkEvent, checkHolds, nextState, type EventStep } from "./event.rules";
import { insertEvent, lockEvents, readEvent, STORED_BY_ID, valuesOf, writeEvents, type EventValues, type StoredEvent } from "./event.store";
import type { Event } from "./event.type";

const BY_ID = lists.visibleOnly(
  "event_by_id",
  1,
  (condition) => `SELECT ${lists.EVENT_COLUMNS} FROM event e WHERE e.id = ANY($1::uuid[]) AND ${condition}`,
);
const BY_KEY = lists.visibleOnly(
  "event_by_key",
  1,
  (condition) => `SELECT ${lists.EVENT_COLUMNS} FROM event e WHERE e.key = $1::text AND ${condition}`,
);

const byId = defineLoader<Context, string, Event | null>(async (context, ids) =>
  inOrder(ids, await BY_ID<Event>(context, [ids]), (row) => row.id),
);

/** Which input field a broken constraint stands for. */
const TAKEN: Record<string, string> = { event_key_once: "key", event_pkey: "key", event_edition_once: "edition" };

const HOLDERS = lists.visibleOnly(
  "event_holding",
  3,
  (condition) =>
    `SELECT e.id FROM event e WHERE (e.key = $1::text OR (e.series_id = $2::uuid AND e.edition = $3::integer)) AND ${condition}`,
);

/** Says that a value is taken to who may see by what. Anybody else learns only that it cannot be used, and not that there is a draft. */
const taken =
  (context: Context, input: { key?: string | null; seriesId?: string | null; edition?: number | null }) =>
  async (error: unknown): Promise<AlreadyExists> => {
    const field = TAKEN[constraintOf(error)?.constraint ?? ""];
    if (field === undefined) throw error;
    const sought = field === "key" ? [input.key ?? null, null, null] : [null, input.seriesId ?? null, input.edition ?? null];
    if ((await HOLDERS(context, sought)).length === 0) throw badInput([unavailable(field)]);
    return alreadyExists(field);
  };

/** Reads and writes events. */
export class EventService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Event | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  async byKey(key: string): Promise<Event | null> {
    return canBeKey(key) ? ((await BY_KEY<Event>(this.context, [key]))[0] ?? null) : null;
  }

  async list(args: EventsArgs): Promise<Page<Event>> {
    const { sameOrganisations, viewer } = this.context;
    await sameOrganisations.learn(args.filter?.partyOrganisationId);
    return readPage<Event>(this.context, lists.eventsQuery(viewer, args, sameOrganisations), args);
  }

  ofSeries(id: string, args: ListArgs): Promise<Page<Event>> {
    return this.context.load(lists.ofSeries, { parent: id, args });
  }

  async ofCommunity(id: string, args: OrderedEventsArgs): Promise<Page<Event> | null> {
    return isUuid(id) ? this.context.load(lists.ofCommunity, { parent: id.toLowerCase(), args }) : null;
  }

  async ofOrganisation(organisation: NamedOrganisation, args: OrderedEventsArgs): Promise<Page<Event> | null> {
    const parent = parentOf(organisation);
    return parent === null ? null : this.context.load(lists.ofOrganisation, { parent, args });
  }

  async inRegion(code: string, args: OrderedEventsArgs): Promise<Page<Event> | null> {
    return canBeKey(code) ? this.context.load(lists.inRegion, { parent: code, args }) : null;
  }

  /** Where a community and an organisation met, oldest first. */
  async meetings(communityId: string, organisation: NamedOrganisation, first: number): Promise<Event[]> {
    const organisationIds = parentOf(organisation);
    if (!isUuid(communityId) || organisationIds === null) return [];
    return this.context.load(lists.meetings, { parent: `${communityId.toLowerCase()}:${organisationIds}`, first });
  }

  /** The event with what decides who may change it. @throws PublicError NOT_FOUND also where the viewer may not see it */
  async stored(id: string): Promise<StoredEvent> {
    const [event] = isUuid(id) ? await this.context.rows<StoredEvent>(STORED_BY_ID, [[id]]) : [];
    if (!event || !canSeeEvent(this.context.viewer, event)) throw notFound("Event");
    return event;
  }

  async create(input: CreateEventInput): Promise<Event | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, mayImportEvents(context.viewer));
    const regions = await knownRegions(context, [input.regionCode]);
    const { idempotencyKey: _key, ...given } = input;
    const values = draftValues({ ...given, key: input.key ?? uuidv7() }, regions);
    ensure(context.viewer, canManageEvent(context.viewer, values) || regions.problems(input.regionCode).length > 0);
    const problems = [
      ...checkEvent(values, values.seriesId !== null),
      ...regions.problems(values.regionCode),
      ...(await this.seriesProblems(values)),
    ];
    if (problems.length > 0) throw badInput(problems);
    const id = stableId("event", values.key);
    const role = actingRole(context.viewer, EVENT_MANAGERS, scopesOfEvent({ ...values, ...NOBODY }));
    return command<Event | AlreadyExists>(context, "createEvent", role, input, async (tx) => {
      await insertEvent(tx, { id, values });
      tx.audit({ action: "create", concept: "event", entityId: id, before: null, after: values });
      return readEvent(tx, id);
    }).catch(taken(context, values));
  }

  async update(input: UpdateEventInput): Promise<Event | VersionConflict | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const seen = await this.stored(input.id);
    ensure(context.viewer, canChangeEvent(context.viewer, seen));
    const moves = input.regionCode !== undefined && input.regionCode !== seen.regionCode;
    const regions = await knownRegions(context, [input.regionCode === undefined ? seen.regionCode : input.regionCode]);
    // read before the transaction, which then finds it at hand
    if (input.seriesId) await context.series.byId(input.seriesId);
    const role = actingRole(context.viewer, EVENT_EDITORS, scopesOfEvent(seen));
    return command<Event | VersionConflict | AlreadyExists>(context, "updateEvent", role, input, async (tx) => {
      const stored = await this.lockOne(tx, seen.id);
      ensure(context.viewer, canChangeEvent(context.viewer, stored));
      if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
      const before = valuesOf(stored);
      const after = draftValues(updated(before, input), regions);
      const problems = [
        ...checkEvent(after, after.seriesId !== null),
        ...checkHolds(after, stored),
        ...regions.problems(after.regionCode),
        ...(after.seriesId === before.seriesId ? [] : await this.seriesProblems(after)),
      ];
      if (problems.length > 0) throw badInput(problems);
      if (moves) ensure(context.viewer, canManageEvent(context.viewer, before) && canManageEvent(context.viewer, after));
      await writeEvents(tx, [{ id: seen.id, values: after, existing: seen }]);
      tx.audit({ action: "update", concept: "event", entityId: seen.id, before, after });
      return readEvent(tx, seen.id);
    }).catch(taken(context, { ...seen, ...input }));
  }

  /** Publishes a draft, or cancels what was published. */
  async step(step: EventStep, input: ChangeEventStateInput): Promise<Event | VersionConflict | WrongEventState | IdempotencyConflict> {
    const { context } = this;
    const seen = await this.stored(input.id);
    ensure(context.viewer, canManageEvent(context.viewer, seen));
    const role = actingRole(context.viewer, EVENT_MANAGERS, scopesOfEvent(seen));
    return command<Event | VersionConflict | WrongEventState>(context, `${step}Event`, role, input, async (tx) => {
      const stored = await this.lockOne(tx, seen.id);
      ensure(context.viewer, canManageEvent(context.viewer, stored));
      if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
      const state = nextState(step, stored.state);
      if (state === null) return tx.rollback(wrongEventState(stored.state));
      const before = valuesOf(stored);
      const after = { ...before, state };
      await writeEvents(tx, [{ id: seen.id, values: after, existing: seen }]);
      tx.audit({ action: step, concept: "event", entityId: seen.id, before, after });
      return readEvent(tx, seen.id);
    });
  }

  import(input: ImportEventsInput): Promise<BulkOutcome | IdempotencyConflict> {
    return importEvents(this.context, input);
  }

  /** Locks an event that was there a moment ago. */
  async lockOne(tx: CommandTransaction, id: string): Promise<StoredEvent> {
    const [event] = await lockEvents(tx, { ids: [id] });
    if (!event) throw notFound("Event");
    return event;
  }

  private async seriesProblems(event: Pick<EventValues, "seriesId" | "regionScopeCodes">): Promise<InputProblem[]> {
    if (event.seriesId === null) return [];
    const series = await this.context.series.byId(event.seriesId);
    if (!series) return [{ field: "seriesId", code: "UNKNOWN_REFERENCE", message: "There is no such series." }];
    return mayJoinSeries(this.context.viewer, event, series) ? [] : [outsideSeries("seriesId")];
  }
}

const NOBODY = { organisingCommunities: [], organisingOrganisations: [] };

type Draft = Omit<CreateEventInput, "idempotencyKey" | "key"> & { key: string } & Partial<Pick<Event, "state" | "source">>;

const draftValues = (draft: Draft, regions: KnownRegions): EventValues => ({
  key: draft.key,
  seriesId: draft.seriesId?.toLowerCase() ?? null,
  edition: draft.edition ?? null,
  name: draft.name.trim(),
  theme: draft.theme ?? null,
  kind: draft.kind,
  startsAt: draft.startsAt,
  endsAt: draft.endsAt,
  timeZone: draft.timeZone,
  place: draft.place ?? null,
  regionCode: draft.regionCode ?? null,
  regionScopeCodes: regions.scopeCodes(draft.regionCode),
  state: draft.state ?? "DRAFT",
  visitors: draft.visitors ?? null,
  visitorsPrecision: draft.visitorsPrecision ?? "EXACT",
  source: draft.source ?? null,
});

const updated = (before: EventValues, input: UpdateEventInput): Draft => ({
  ...before,
  seriesId: changed(input.seriesId, before.seriesId),
  edition: changed(input.edition, before.edition),
  name: input.name ?? before.name,
  theme: changed(input.theme, before.theme),
  kind: input.kind ?? before.kind,
  startsAt: input.startsAt ?? before.startsAt,
  endsAt: input.endsAt ?? before.endsAt,
  timeZone: input.timeZone ?? before.timeZone,
  place: changed(input.place, before.place),
  regionCode: changed(input.regionCode, before.regionCode),
  visitors: changed(input.visitors, before.visitors),
  visitorsPrecision: input.visitorsPrecision ?? before.visitorsPrecision,
});
