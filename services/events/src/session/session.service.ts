import { constraintOf, stableId, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import {
  actingRole,
  alreadyExists,
  badInput,
  command,
  defineLoader,
  ensure,
  firstOfEach,
  groupsInOrder,
  inOrder,
  isUuid,
  notFound,
  versionConflict,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { visibleOnly } from "../event/event.lists";
import { eachOnce } from "../external/once";
import { partyColumns, unknownParties } from "../external/party";
import { withOrders } from "../places";
import { changed } from "../text";
import { importParticipants } from "./participants.import";
import { importSessions } from "./session.import";
import type { ImportParticipantsInput, ImportSessionsInput } from "./session.import.inputs";
import type { CreateSessionInput, ParticipantInput, UpdateSessionInput } from "./session.inputs";
import { canChangeSessions, scopesOfSessions, SESSION_EDITORS } from "./session.policy";
import { checkParticipants, checkSession, checkWithin, LAST_POSITION, MOST_SESSIONS } from "./session.rules";
import * as store from "./session.store";
import type { Session, SessionParticipant } from "./session.type";

const BY_ID = visibleOnly(
  "session_by_id",
  1,
  (condition) =>
    `SELECT ${store.SESSION_COLUMNS} FROM session s JOIN event e ON e.id = s.event_id WHERE s.id = ANY($1::uuid[]) AND ${condition}`,
);
/** Only for events and sessions that the viewer has been shown: what lies below them is as visible as they are. */
const OF_EVENT = statement(
  "session_of_event",
  `SELECT s.* FROM unnest($1::uuid[]) AS parent(id) CROSS JOIN LATERAL (SELECT ${store.SESSION_COLUMNS} FROM session s WHERE s.event_id = parent.id ORDER BY s.position, s.id LIMIT $2) s`,
);
const OF_SESSION = statement(
  "participant_of_session",
  `SELECT p.* FROM unnest($1::uuid[]) AS parent(id) CROSS JOIN LATERAL (SELECT ${store.PARTICIPANT_COLUMNS} FROM session_participant p WHERE p.session_id = parent.id ORDER BY ${store.PARTICIPANT_ORDER} LIMIT $2) p`,
);

const byId = defineLoader<Context, string, Session | null>(async (context, ids) =>
  inOrder(ids, await BY_ID<Session>(context, [ids]), (row) => row.id),
);
const ofEvent = firstOfEach<Context, Session>(async (context, ids, first) =>
  groupsInOrder(ids, await context.rows<Session>(OF_EVENT, [ids, first]), (row) => row.eventId),
);
const ofSession = firstOfEach<Context, SessionParticipant>(async (context, ids, first) =>
  eachOnce(
    context,
    groupsInOrder(ids, await context.rows<SessionParticipant>(OF_SESSION, [ids, first]), (row) => row.sessionId),
  ),
);

/** Reads and writes agendas and who takes part. */
export class SessionService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Session | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  ofEvent(eventId: string, first: number): Promise<Session[]> {
    return this.context.load(ofEvent, { parent: eventId, first });
  }

  participants(sessionId: string, first: number): Promise<SessionParticipant[]> {
    return this.context.load(ofSession, { parent: sessionId, first });
  }

  async create(input: CreateSessionInput): Promise<Session | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const seen = await context.events.stored(input.eventId);
    ensure(context.viewer, canChangeSessions(context.viewer, seen));
    await this.checkParties(input.participants ?? []);
    const key = input.key ?? uuidv7();
    const id = stableId("session", key);
    const role = actingRole(context.viewer, SESSION_EDITORS, scopesOfSessions(seen));
    return command<Session | AlreadyExists>(context, "createSession", role, input, async (tx) => {
      const event = await context.events.lockOne(tx, seen.id);
      ensure(context.viewer, canChangeSessions(context.viewer, event));
      const agenda = (await store.agendas(tx, [event.id])).get(event.id) ?? { count: 0, last: 0 };
      const values: store.SessionValues = {
        key,
        eventId: event.id,
        title: input.title.trim(),
        kind: input.kind,
        startsAt: input.startsAt ?? null,
        endsAt: input.endsAt ?? null,
        topic: input.topic ?? null,
        position: input.position ?? Math.min(agenda.last + 1, LAST_POSITION),
        source: null,
      };
      const problems = [...checkSession(values), ...checkWithin(values, event)];
      if (agenda.count >= MOST_SESSIONS)
        problems.push({ field: "eventId", code: "TOO_MANY", message: `An event has at most ${MOST_SESSIONS} sessions.` });
      if (problems.length > 0) throw badInput(problems);
      await store.insertSession(tx, { id, values });
      const participants = await replaceParticipants(tx, id, input.participants ?? []);
      tx.audit({
        action: "create",
        concept: "session",
        entityId: id,
        before: null,
        after: { ...values, participants: participants.after },
      });
      return (await store.sessionById(tx, id))!;
    }).catch((error: unknown) => {
      if (constraintOf(error)?.constraint === "session_key_once" || constraintOf(error)?.constraint === "session_pkey")
        return alreadyExists("key");
      throw error;
    });
  }

  async update(input: UpdateSessionInput): Promise<Session | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const session = await this.byId(input.id);
    if (!session) throw notFound("Session");
    const seen = await context.events.stored(session.eventId);
    ensure(context.viewer, canChangeSessions(context.viewer, seen));
    if (input.participants) await this.checkParties(input.participants);
    const role = actingRole(context.viewer, SESSION_EDITORS, scopesOfSessions(seen));
    return command<Session | VersionConflict>(context, "updateSession", role, input, async (tx) => {
      const event = await context.events.lockOne(tx, seen.id);
      ensure(context.viewer, canChangeSessions(context.viewer, event));
      const stored = await store.sessionById(tx, session.id);
      if (!stored) throw notFound("Session");
      if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
      const before = store.sessionValues(stored);
      const after = updated(before, input);
      const problems = [...checkSession(after), ...checkWithin(after, event)];
      if (problems.length > 0) throw badInput(problems);
      const same = JSON.stringify(before) === JSON.stringify(after);
      if (!same) await store.writeSessions(tx, [{ id: session.id, values: after, existing: session }]);
      else await store.touchSessions(tx, [session.id]);
      const participants = input.participants ? await replaceParticipants(tx, session.id, input.participants) : null;
      tx.audit({
        action: "update",
        concept: "session",
        entityId: session.id,
        before: participants ? { ...before, participants: participants.before } : before,
        after: participants ? { ...after, participants: participants.after } : after,
      });
      return (await store.sessionById(tx, session.id))!;
    });
  }

  import(input: ImportSessionsInput): Promise<BulkOutcome | IdempotencyConflict> {
    return importSessions(this.context, input);
  }

  importParticipants(input: ImportParticipantsInput): Promise<BulkOutcome | IdempotencyConflict> {
    return importParticipants(this.context, input);
  }

  /** @throws PublicError BAD_USER_INPUT naming what is wrong with the list, unknown parties included */
  private async checkParties(participants: readonly ParticipantInput[]): Promise<void> {
    const problems = checkParticipants(withOrders(participants, () => ""));
    if (problems.length > 0) throw badInput(problems);
    const unknown = await unknownParties(this.context, participants);
    const missing = participants.flatMap((participant, index) => unknown(participant, `participants.${index}.partyId`));
    if (missing.length > 0) throw badInput(missing);
  }
}

const updated = (before: store.SessionValues, input: UpdateSessionInput): store.SessionValues => ({
  ...before,
  title: input.title?.trim() ?? before.title,
  kind: input.kind ?? before.kind,
  startsAt: changed(input.startsAt, before.startsAt),
  endsAt: changed(input.endsAt, before.endsAt),
  topic: changed(input.topic, before.topic),
  position: input.position ?? before.position,
});

/** Writes the whole list of a session. */
async function replaceParticipants(
  tx: CommandTransaction,
  sessionId: string,
  participants: readonly ParticipantInput[],
): Promise<{ before: store.ParticipantValues[]; after: store.ParticipantValues[] }> {
  const stored = await store.participantsOf(tx, [sessionId]);
  const after = withOrders(participants, () => sessionId).map(({ role, order, partyKind, partyId, topic }): store.ParticipantValues => {
    const party = partyColumns({ partyKind, partyId });
    const same = stored.find((row) => row.communityId === party.communityId && row.organisationId === party.organisationId);
    return { sessionId, role, order, ...party, topic: topic ?? null, source: same?.source ?? null };
  });
  await store.writeParticipants(
    tx,
    after.map((values) => ({ id: store.participantId(sessionId, values.role, values.order), values })),
    stored.map((row) => row.id),
  );
  return { before: stored.map(store.participantValues), after };
}
