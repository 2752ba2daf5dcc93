import { statement } from "@gongjian/database";
import {
  actingRole,
  badInput,
  command,
  defineLoader,
  ensure,
  firstOfEach,
  groupsInOrder,
  inOrder,
  isUuid,
  versionConflict,
  type BulkOutcome,
  type IdempotencyConflict,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { visibleOnly } from "../event/event.lists";
import { readEvent, touchEvents } from "../event/event.store";
import type { Event } from "../event/event.type";
import { eachOnce } from "../external/once";
import { partyColumns, unknownParties } from "../external/party";
import { withOrders } from "../places";
import { scopesOfRegion } from "../series/series.policy";
import { importOrganisers } from "./organiser.import";
import type { ImportOrganisersInput, SetOrganisersInput } from "./organiser.inputs";
import { canSetOrganisers, ORGANISER_WRITERS } from "./organiser.policy";
import { checkOrganisers } from "./organiser.rules";
import { ORGANISER_COLUMNS, organiserId, organisersOf, ROLE_ORDER, valuesOf, writeOrganisers } from "./organiser.store";
import type { Organiser } from "./organiser.type";

const BY_ID = visibleOnly(
  "organiser_by_id",
  1,
  (condition) =>
    `SELECT ${ORGANISER_COLUMNS} FROM organiser o JOIN event e ON e.id = o.event_id WHERE o.id = ANY($1::uuid[]) AND ${condition}`,
);
/** Only for events that the viewer has been shown: their list is as visible as they are. */
const OF_EVENT = statement(
  "organiser_of_event",
  `SELECT o.* FROM unnest($1::uuid[]) AS parent(id) CROSS JOIN LATERAL (SELECT ${ORGANISER_COLUMNS} FROM organiser o WHERE o.event_id = parent.id ORDER BY ${ROLE_ORDER} LIMIT $2) o`,
);

const byId = defineLoader<Context, string, Organiser | null>(async (context, ids) =>
  inOrder(ids, await BY_ID<Organiser>(context, [ids]), (row) => row.id),
);
const ofEvent = firstOfEach<Context, Organiser>(async (context, ids, first) =>
  eachOnce(
    context,
    groupsInOrder(ids, await context.rows<Organiser>(OF_EVENT, [ids, first]), (row) => row.eventId),
  ),
);

/** Reads and writes who stands behind events. */
export class OrganiserService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Organiser | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  ofEvent(eventId: string, first: number): Promise<Organiser[]> {
    return this.context.load(ofEvent, { parent: eventId, first });
  }

  /** Replaces the list of an event. What stays as it was keeps its source. */
  async set(input: SetOrganisersInput): Promise<Event | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const seen = await context.events.stored(input.eventId);
    ensure(context.viewer, canSetOrganisers(context.viewer, seen));
    const problems = checkOrganisers(input.organisers);
    if (problems.length > 0) throw badInput(problems);
    const unknown = await unknownParties(context, input.organisers);
    const missing = input.organisers.flatMap((organiser, index) => unknown(organiser, `organisers.${index}.partyId`));
    if (missing.length > 0) throw badInput(missing);
    const role = actingRole(context.viewer, ORGANISER_WRITERS, scopesOfRegion(seen));
    return command<Event | VersionConflict>(context, "setOrganisers", role, input, async (tx) => {
      const event = await context.events.lockOne(tx, seen.id);
      ensure(context.viewer, canSetOrganisers(context.viewer, event));
      if (event.version !== input.expectedVersion) return tx.rollback(versionConflict(event.version));
      const before = await organisersOf(tx, [event.id]);
      const records = withOrders(input.organisers, () => event.id).map(({ role: organiserRole, order, partyKind, partyId }) => {
        const party = partyColumns({ partyKind, partyId });
        const same = before.find((row) => row.communityId === party.communityId && row.organisationId === party.organisationId);
        return {
          id: organiserId(event.id, organiserRole, order),
          values: { eventId: event.id, role: organiserRole, order, ...party, source: same?.source ?? null },
        };
      });
      await writeOrganisers(
        tx,
        records,
        before.map((row) => row.id),
      );
      await touchEvents(tx, [event.id]);
      const after = records.map(({ values }) => values);
      tx.audit({ action: "set-organisers", concept: "event", entityId: event.id, before: before.map(valuesOf), after });
      return readEvent(tx, event.id);
    });
  }

  import(input: ImportOrganisersInput): Promise<BulkOutcome | IdempotencyConflict> {
    return importOrganisers(this.context, input);
  }
}
