import { writeRecords } from "@gongjian/subgraph";
import { statement, type CommandTransaction } from "@gongjian/database";
import { EventEntity } from "@gongjian/entities-events";
import { indexTokens } from "@gongjian/hantext";
import type { Viewer } from "@gongjian/subgraph";
import { canBeKey } from "../text";
import { EVENT_COLUMNS } from "./event.lists";
import { canSeeEvent, ORGANISING_ROLES, type EventReach } from "./event.policy";
import type { SessionSpan } from "./event.rules";
import type { Event } from "./event.type";

/** An event with what decides who may change it, and the span of its sessions. */
export type StoredEvent = Event & EventReach & SessionSpan;

const holders = (column: string): string =>
  `ARRAY(SELECT h.${column} FROM organiser h WHERE h.event_id = e.id AND h.role IN (${ORGANISING_ROLES.map((role) => `'${role}'`).join(", ")}) AND h.${column} IS NOT NULL)`;
const STORED = `SELECT ${EVENT_COLUMNS}, ${holders("community_id")} AS "organisingCommunities", ${holders("organisation_id")} AS "organisingOrganisations", span.first, span.last
  FROM event e CROSS JOIN LATERAL (SELECT min(s.starts_at) AS first, max(COALESCE(s.ends_at, s.starts_at)) AS last FROM session s WHERE s.event_id = e.id) span`;
export const STORED_BY_ID = statement("event_stored_by_id", `${STORED} WHERE e.id = ANY($1::uuid[])`);
const LOCK_IDS = statement("event_lock_ids", `SELECT e.id FROM event e WHERE e.id = ANY($1::uuid[]) ORDER BY e.id FOR UPDATE`);
const LOCK_KEYS = statement("event_lock_keys", `SELECT e.id FROM event e WHERE e.key = ANY($1::text[]) ORDER BY e.id FOR UPDATE`);
const TOUCH = statement("event_touch", `UPDATE event SET version = version + 1, updated_at = now() WHERE id = ANY($1::uuid[])`);

/** Locks events and reads them after that, so that what is read cannot be older than the lock. In the order of ids: no two lists deadlock. */
export async function lockEvents(
  tx: CommandTransaction,
  by: { ids: readonly string[] } | { keys: readonly string[] },
): Promise<StoredEvent[]> {
  const locked =
    "ids" in by ? await tx.rows<{ id: string }>(LOCK_IDS, [by.ids]) : await tx.rows<{ id: string }>(LOCK_KEYS, [by.keys.filter(canBeKey)]);
  return locked.length === 0 ? [] : tx.rows<StoredEvent>(STORED_BY_ID, [locked.map((row) => row.id)]);
}

/** The same for what a list names: an event that the viewer may not see is as missing for it as for a query. */
export const lockVisibleEvents = async (
  tx: CommandTransaction,
  viewer: Viewer,
  by: { ids: readonly string[] } | { keys: readonly string[] },
): Promise<StoredEvent[]> => (await lockEvents(tx, by)).filter((event) => canSeeEvent(viewer, event));

/** Raises the version of events whose organisers have changed. */
export async function touchEvents(tx: CommandTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.rows(TOUCH, [ids]);
}

export type EventValues = Omit<Event, "id" | "version" | "__typename">;

export const valuesOf = (event: EventValues): EventValues => ({
  key: event.key,
  seriesId: event.seriesId,
  edition: event.edition,
  name: event.name,
  theme: event.theme,
  kind: event.kind,
  startsAt: event.startsAt,
  endsAt: event.endsAt,
  timeZone: event.timeZone,
  place: event.place,
  regionCode: event.regionCode,
  regionScopeCodes: event.regionScopeCodes,
  state: event.state,
  visitors: event.visitors,
  visitorsPrecision: event.visitorsPrecision,
  source: event.source,
});

export interface EventRecord {
  id: string;
  values: EventValues;
}

const entityOf = (tx: CommandTransaction, { id, values }: EventRecord): EventEntity =>
  tx.manager.create(EventEntity, {
    ...values,
    id,
    startsAt: new Date(values.startsAt),
    endsAt: new Date(values.endsAt),
    searchTokens: indexTokens(`${values.name} ${values.theme ?? ""}`),
  });

export async function insertEvent(tx: CommandTransaction, record: EventRecord): Promise<void> {
  await tx.manager.insert(EventEntity, entityOf(tx, record) as never);
}

export async function writeEvents(tx: CommandTransaction, records: readonly (EventRecord & { existing: unknown })[]): Promise<void> {
  await writeRecords(
    tx,
    EventEntity,
    records.map((record) => ({ entity: entityOf(tx, record), existing: record.existing })),
  );
}

export async function readEvent(tx: CommandTransaction, id: string): Promise<Event> {
  const [row] = await tx.rows<StoredEvent>(STORED_BY_ID, [[id]]);
  const { id: _id, version } = row!;
  return { __typename: "Event", ...valuesOf(row!), id, version };
}
