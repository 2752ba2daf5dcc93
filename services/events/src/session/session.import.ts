import { stableId } from "@gongjian/database";
import { bulkUpsert, ensure, type BulkOutcome, type IdempotencyConflict, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";
import { lockVisibleEvents, type StoredEvent } from "../event/event.store";
import { roleAmong } from "../roles";
import type { ImportSessionsInput, SessionRow } from "./session.import.inputs";
import { canChangeSessions, mayImportSessions, SESSION_EDITORS } from "./session.policy";
import { checkSession, checkWithin, LAST_POSITION, MOST_SESSIONS } from "./session.rules";
import { agendas, sessionsByKey, sessionValues, writeSessions, type SessionValues } from "./session.store";
import type { Session } from "./session.type";

const UNKNOWN: InputProblem = { field: "eventKey", code: "UNKNOWN_REFERENCE", message: "There is no such event." };
const MOVED: InputProblem = { field: "eventKey", code: "FIXED", message: "The session belongs to another event and stays there." };
const FULL: InputProblem = { field: "eventKey", code: "TOO_MANY", message: `An event has at most ${MOST_SESSIONS} sessions.` };

/** Creates or updates sessions by key. */
export async function importSessions(context: Context, input: ImportSessionsInput): Promise<BulkOutcome | IdempotencyConflict> {
  ensure(context.viewer, mayImportSessions(context.viewer));
  let events = new Map<string, StoredEvent>();
  let stored = new Map<string, Session>();
  let agenda = new Map<string, { count: number; last: number }>();
  const agendaOf = (eventId: string) => agenda.get(eventId) ?? agenda.set(eventId, { count: 0, last: 0 }).get(eventId)!;

  const check = (row: SessionRow): InputProblem[] => {
    const event = events.get(row.eventKey);
    const existing = stored.get(row.key);
    // Who may not change the event learns nothing of it: not its time, not which sessions it has.
    if (!event || !canChangeSessions(context.viewer, event)) return [...checkSession(row), ...(event ? [] : [UNKNOWN])];
    return [
      ...checkSession(row),
      ...checkWithin(row, event),
      ...(existing && existing.eventId !== event.id ? [MOVED] : []),
      ...(!existing && agendaOf(event.id).count >= MOST_SESSIONS ? [FULL] : []),
    ];
  };

  const place = (row: SessionRow, existing: Session | null): number => {
    const of = agendaOf(events.get(row.eventKey)!.id);
    const position = row.position ?? existing?.position ?? Math.min(of.last + 1, LAST_POSITION);
    of.last = Math.max(of.last, position);
    if (existing === null) of.count += 1;
    return position;
  };

  return bulkUpsert<SessionRow, SessionValues, Session>(context, input, {
    operation: "importSessions",
    concept: "session",
    role: roleAmong(context.viewer, SESSION_EDITORS),
    rows: input.rows,
    keyOf: (row) => row.key,
    check,
    existing: async (tx, keys) => {
      events = new Map(
        (await lockVisibleEvents(tx, context.viewer, { keys: [...new Set(input.rows.map((row) => row.eventKey))] })).map((event) => [
          event.key,
          event,
        ]),
      );
      stored = new Map((await sessionsByKey(tx, keys)).map((session) => [session.key, session]));
      agenda = await agendas(
        tx,
        [...events.values()].map((event) => event.id),
      );
      return stored;
    },
    idOf: (session) => session.id,
    newId: (row) => stableId("session", row.key),
    toValues: (row, existing) => ({
      key: row.key,
      eventId: events.get(row.eventKey)!.id,
      title: row.title.trim(),
      kind: row.kind,
      startsAt: row.startsAt ?? null,
      endsAt: row.endsAt ?? null,
      topic: row.topic ?? null,
      position: place(row, existing),
      source: row.source ?? null,
    }),
    storedValues: sessionValues,
    permit: (row) => canChangeSessions(context.viewer, events.get(row.eventKey)!),
    write: writeSessions,
  });
}
