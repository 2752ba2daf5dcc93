import type { CommandTransaction } from "@gongjian/database";
import { bulkUpsert, ensure, type BulkOutcome, type IdempotencyConflict } from "@gongjian/subgraph";
import type { Context } from "../context";
import { lockVisibleEvents, type StoredEvent } from "../event/event.store";
import { partyColumns, unknownParties } from "../external/party";
import { checkPlace, withOrders } from "../places";
import { roleAmong } from "../roles";
import type { ImportParticipantsInput, ParticipantRow } from "./session.import.inputs";
import { canChangeSessions, mayImportSessions, SESSION_EDITORS } from "./session.policy";
import {
  participantId,
  participantsOf,
  participantValues,
  sessionsByKey,
  touchSessions,
  writeParticipants,
  type ParticipantValues,
} from "./session.store";
import type { Session, SessionParticipant } from "./session.type";

type Row = ParticipantRow & { order: number };

const keyOf = (row: Row): string => `${row.sessionKey}:${row.role}:${row.order}`;

/** Replaces the participants of the sessions that rows name. A refused row leaves what stands at its place. */
export async function importParticipants(context: Context, input: ImportParticipantsInput): Promise<BulkOutcome | IdempotencyConflict> {
  ensure(context.viewer, mayImportSessions(context.viewer));
  const rows = withOrders(input.rows, (row) => row.sessionKey);
  const unknown = await unknownParties(context, rows);
  let sessions = new Map<string, Session>();
  let events = new Map<string, StoredEvent>();
  let others: SessionParticipant[] = [];
  const permitted = (row: Row): boolean => {
    const event = events.get(sessions.get(row.sessionKey)?.eventId ?? "");
    return event !== undefined && canChangeSessions(context.viewer, event);
  };
  return bulkUpsert<Row, ParticipantValues, SessionParticipant>(context, input, {
    operation: "importParticipants",
    concept: "session-participant",
    role: roleAmong(context.viewer, SESSION_EDITORS),
    rows,
    keyOf,
    check: (row) => [
      ...checkPlace(row),
      ...(sessions.has(row.sessionKey) ? [] : [{ field: "sessionKey", code: "UNKNOWN_REFERENCE", message: "There is no such session." }]),
      ...unknown(row, "partyId"),
    ],
    existing: async (tx, keys) => {
      const found = await sessionsByKey(tx, [...new Set(rows.map((row) => row.sessionKey))]);
      events = new Map(
        (await lockVisibleEvents(tx, context.viewer, { ids: [...new Set(found.map((session) => session.eventId))] })).map((event) => [
          event.id,
          event,
        ]),
      );
      sessions = new Map(found.filter((session) => events.has(session.eventId)).map((session) => [session.key, session]));
      const keyById = new Map([...sessions.values()].map((session) => [session.id, session.key]));
      const stored = (await participantsOf(tx, [...keyById.keys()])).map(
        (row) => [`${keyById.get(row.sessionId)}:${row.role}:${row.order}`, row] as const,
      );
      const named = new Set(keys);
      const writable = new Set(rows.filter(permitted).map((row) => row.sessionKey));
      others =
        input.keepOthers === true
          ? []
          : stored.filter(([key, row]) => !named.has(key) && writable.has(keyById.get(row.sessionId)!)).map(([, row]) => row);
      return new Map(stored);
    },
    idOf: (participant) => participant.id,
    newId: (row) => participantId(sessions.get(row.sessionKey)!.id, row.role, row.order),
    toValues: (row) => ({
      sessionId: sessions.get(row.sessionKey)!.id,
      role: row.role,
      order: row.order,
      ...partyColumns(row),
      topic: row.topic ?? null,
      source: row.source ?? null,
    }),
    storedValues: participantValues,
    permit: permitted,
    write: (tx, records) => write(tx, records, others),
  });
}

async function write(
  tx: CommandTransaction,
  records: readonly { id: string; values: ParticipantValues }[],
  others: readonly SessionParticipant[],
): Promise<boolean> {
  await writeParticipants(
    tx,
    records,
    others.map((row) => row.id),
  );
  await touchSessions(tx, [...new Set([...records.map(({ values }) => values.sessionId), ...others.map((row) => row.sessionId)])]);
  for (const row of others)
    tx.audit({ action: "delete", concept: "session-participant", entityId: row.id, before: participantValues(row), after: null });
  return others.length > 0;
}
