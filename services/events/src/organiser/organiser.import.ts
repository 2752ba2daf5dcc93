import type { CommandTransaction } from "@gongjian/database";
import { bulkUpsert, ensure, type BulkOutcome, type IdempotencyConflict } from "@gongjian/subgraph";
import type { Context } from "../context";
import { lockVisibleEvents, touchEvents, type StoredEvent } from "../event/event.store";
import { partyColumns, unknownParties } from "../external/party";
import { checkPlace, REPEATED, repeatedParties, withOrders } from "../places";
import { roleAmong } from "../roles";
import type { ImportOrganisersInput, OrganiserRow } from "./organiser.inputs";
import { canSetOrganisers, mayImportOrganisers, ORGANISER_WRITERS } from "./organiser.policy";
import { organiserId, organisersOf, valuesOf, writeOrganisers, type OrganiserValues } from "./organiser.store";
import type { Organiser } from "./organiser.type";

type Row = OrganiserRow & { order: number };

const keyOf = (row: Row): string => `${row.eventKey}:${row.role}:${row.order}`;

/** Replaces the organisers of the events that rows name. A refused row leaves what stands at its place. */
export async function importOrganisers(context: Context, input: ImportOrganisersInput): Promise<BulkOutcome | IdempotencyConflict> {
  ensure(context.viewer, mayImportOrganisers(context.viewer));
  const rows = withOrders(input.rows, (row) => row.eventKey);
  const repeated = repeatedParties(rows, (row) => row.eventKey);
  const unknown = await unknownParties(context, rows);
  let events = new Map<string, StoredEvent>();
  let others: Organiser[] = [];
  const permitted = (row: Row): boolean => canSetOrganisers(context.viewer, events.get(row.eventKey) ?? { regionScopeCodes: [] });
  return bulkUpsert<Row, OrganiserValues, Organiser>(context, input, {
    operation: "importOrganisers",
    concept: "organiser",
    role: roleAmong(context.viewer, ORGANISER_WRITERS),
    rows,
    keyOf,
    check: (row) => [
      ...checkPlace(row),
      ...(events.has(row.eventKey) ? [] : [{ field: "eventKey", code: "UNKNOWN_REFERENCE", message: "There is no such event." }]),
      ...unknown(row, "partyId"),
      ...(repeated.has(row) ? [REPEATED("partyId")] : []),
    ],
    existing: async (tx, keys) => {
      events = new Map(
        (await lockVisibleEvents(tx, context.viewer, { keys: [...new Set(rows.map((row) => row.eventKey))] })).map((event) => [
          event.key,
          event,
        ]),
      );
      const keyById = new Map([...events.values()].map((event) => [event.id, event.key]));
      const stored = (await organisersOf(tx, [...keyById.keys()])).map(
        (row) => [`${keyById.get(row.eventId)}:${row.role}:${row.order}`, row] as const,
      );
      const named = new Set(keys);
      const writable = new Set(rows.filter(permitted).map((row) => row.eventKey));
      others =
        input.keepOthers === true
          ? []
          : stored.filter(([key, row]) => !named.has(key) && writable.has(keyById.get(row.eventId)!)).map(([, row]) => row);
      return new Map(stored);
    },
    idOf: (organiser) => organiser.id,
    newId: (row) => organiserId(events.get(row.eventKey)!.id, row.role, row.order),
    toValues: (row) => ({
      eventId: events.get(row.eventKey)!.id,
      role: row.role,
      order: row.order,
      ...partyColumns(row),
      source: row.source ?? null,
    }),
    storedValues: valuesOf,
    permit: permitted,
    write: (tx, records) => write(tx, records, others),
  });
}

async function write(
  tx: CommandTransaction,
  records: readonly { id: string; values: OrganiserValues }[],
  others: readonly Organiser[],
): Promise<boolean> {
  await writeOrganisers(
    tx,
    records,
    others.map((row) => row.id),
  );
  await touchEvents(tx, [...new Set([...records.map(({ values }) => values.eventId), ...others.map((row) => row.eventId)])]);
  for (const row of others) tx.audit({ action: "delete", concept: "organiser", entityId: row.id, before: valuesOf(row), after: null });
  return others.length > 0;
}
