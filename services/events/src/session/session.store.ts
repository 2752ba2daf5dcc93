import { writeRecords } from "@gongjian/subgraph";
import { stableId, statement, type CommandTransaction } from "@gongjian/database";
import { PARTICIPANT_ROLES, SessionEntity, SessionParticipantEntity, type ParticipantRole } from "@gongjian/entities-events";
import { In } from "typeorm";
import type { PartyColumns } from "../external/party";
import { canBeKey } from "../text";
import type { Session, SessionParticipant } from "./session.type";

export const SESSION_COLUMNS = `s.id, s.key, s.event_id AS "eventId", s.title, s.kind, s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.topic, s.position, s.source, s.version`;
export const PARTICIPANT_COLUMNS = `p.id, p.session_id AS "sessionId", p.role, p.position AS "order", p.community_id AS "communityId", p.organisation_id AS "organisationId", p.topic, p.source`;
/** In the order in which participants are named. */
export const PARTICIPANT_ORDER = `array_position(ARRAY[${PARTICIPANT_ROLES.map((role) => `'${role}'`).join(", ")}], p.role), p.position`;

export const SESSION_BY_ID = statement("session_stored_by_id", `SELECT ${SESSION_COLUMNS} FROM session s WHERE s.id = ANY($1::uuid[])`);
const BY_KEY = statement("session_stored_by_key", `SELECT ${SESSION_COLUMNS} FROM session s WHERE s.key = ANY($1::text[])`);
const AGENDA = statement(
  "session_agenda",
  `SELECT s.event_id AS "eventId", count(*)::integer AS count, max(s.position) AS last FROM session s WHERE s.event_id = ANY($1::uuid[]) GROUP BY s.event_id`,
);
const PARTICIPANTS = statement(
  "session_participants_stored",
  `SELECT ${PARTICIPANT_COLUMNS} FROM session_participant p WHERE p.session_id = ANY($1::uuid[]) ORDER BY p.session_id, ${PARTICIPANT_ORDER}`,
);
const TOUCH = statement("session_touch", `UPDATE session SET version = version + 1, updated_at = now() WHERE id = ANY($1::uuid[])`);

/** The sessions with these keys. Their events must be locked before they are written. */
export const sessionsByKey = (tx: CommandTransaction, keys: readonly string[]): Promise<Session[]> =>
  tx.rows<Session>(BY_KEY, [keys.filter(canBeKey)]);

export async function sessionById(tx: CommandTransaction, id: string): Promise<Session | null> {
  const [row] = await tx.rows<Session>(SESSION_BY_ID, [[id]]);
  return row ? { __typename: "Session", ...row } : null;
}

/** How many sessions each event has, and the last place in its agenda. */
export async function agendas(tx: CommandTransaction, eventIds: readonly string[]): Promise<Map<string, { count: number; last: number }>> {
  const rows = await tx.rows<{ eventId: string; count: number; last: number }>(AGENDA, [eventIds]);
  return new Map(rows.map(({ eventId, count, last }) => [eventId, { count, last }]));
}

export const participantsOf = (tx: CommandTransaction, sessionIds: readonly string[]): Promise<SessionParticipant[]> =>
  tx.rows<SessionParticipant>(PARTICIPANTS, [sessionIds]);

/** Raises the version of sessions whose participants have changed. */
export async function touchSessions(tx: CommandTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.rows(TOUCH, [ids]);
}

export type SessionValues = Omit<Session, "id" | "version" | "__typename">;
export const sessionValues = (session: SessionValues): SessionValues => ({
  key: session.key,
  eventId: session.eventId,
  title: session.title,
  kind: session.kind,
  startsAt: session.startsAt,
  endsAt: session.endsAt,
  topic: session.topic,
  position: session.position,
  source: session.source,
});

export interface SessionRecord {
  id: string;
  values: SessionValues;
}

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
const entityOf = (tx: CommandTransaction, { id, values }: SessionRecord): SessionEntity =>
  tx.manager.create(SessionEntity, { ...values, id, startsAt: instant(values.startsAt), endsAt: instant(values.endsAt) });

export async function insertSession(tx: CommandTransaction, record: SessionRecord): Promise<void> {
  await tx.manager.insert(SessionEntity, entityOf(tx, record) as never);
}

export async function writeSessions(tx: CommandTransaction, records: readonly (SessionRecord & { existing: unknown })[]): Promise<void> {
  await writeRecords(
    tx,
    SessionEntity,
    records.map((record) => ({ entity: entityOf(tx, record), existing: record.existing })),
  );
}

export interface ParticipantValues extends PartyColumns {
  sessionId: string;
  role: ParticipantRole;
  order: number;
  topic: string | null;
  source: string | null;
}

export const participantValues = (row: ParticipantValues): ParticipantValues => ({
  sessionId: row.sessionId,
  role: row.role,
  order: row.order,
  communityId: row.communityId,
  organisationId: row.organisationId,
  topic: row.topic,
  source: row.source,
});

export const participantId = (sessionId: string, role: string, order: number): string =>
  stableId("session-participant", `${sessionId}:${role}:${order}`);

/** Takes the places `gone` away and writes the given ones, whatever stood there before. */
export async function writeParticipants(
  tx: CommandTransaction,
  records: readonly { id: string; values: ParticipantValues }[],
  gone: readonly string[],
): Promise<void> {
  const replaced = [...gone, ...records.map(({ id }) => id)];
  if (replaced.length > 0) await tx.manager.delete(SessionParticipantEntity, { id: In(replaced) });
  if (records.length === 0) return;
  await tx.manager.insert(
    SessionParticipantEntity,
    records.map(({ id, values: { order, ...values } }) => ({ ...values, id, position: order })),
  );
}
