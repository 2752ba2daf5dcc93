import { stableId, statement } from "@gongjian/database";
import {
  asGiven,
  bulkUpsert,
  checkText,
  ensureAmong,
  isStorable,
  missingEntities,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkPlace, findPlace, givenFields, type FoundPlace, type Place } from "../place/place";
import type { AppointmentRow, ImportAppointmentsInput } from "./appointment.inputs";
import { APPOINTMENT_COLUMNS } from "./appointment.lists";
import { APPOINTMENT_IMPORTERS, canImportAppointment } from "./appointment.policy";
import { checkAppointment, hasSingleHolder, isPublicRole, overlap, termOf, type Term } from "./appointment.rules";
import {
  collisionOf,
  exactly,
  keptSides,
  keptTerm,
  placeText,
  toValues,
  valuesOf,
  writeAppointments,
  type Values,
} from "./appointment.store";
import type { Appointment } from "./appointment.type";

const LOCKED = statement(
  "appointments_by_key",
  `SELECT ${APPOINTMENT_COLUMNS} FROM appointment a WHERE a.key = ANY($1::text[]) ORDER BY a.id FOR NO KEY UPDATE`,
);
const BESIDE = statement(
  "appointments_beside",
  `SELECT a.place, ${APPOINTMENT_COLUMNS} FROM appointment a WHERE a.place = ANY($1::text[]) AND (a.key IS NULL OR a.key <> ALL($2::text[]))`,
);
/** How often a list is tried again when somebody enters an overlapping term between its check and its write. */
const TRIES = 3;

interface Found {
  at: FoundPlace | null;
  principal: FoundPlace | null;
  conferrer: FoundPlace | null;
}

/** An appointment that others may overlap with. */
interface Slot extends Term {
  place: string;
  role: string;
  personId: string;
}

/** What stands in the way of a term: the office has a holder, or the person holds the role there already. */
function collisions(slot: Slot, others: readonly Slot[], single: boolean): InputProblem[] {
  const beside = others.filter((other) => other.place === slot.place && other.role === slot.role && overlap(slot, other));
  if (beside.some((other) => other.personId === slot.personId))
    return [{ field: "startsOn", code: "ALREADY_EXISTS", message: "The person holds this role there in this term." }];
  return single && beside.length > 0 ? [{ field: "role", code: "OFFICE_HELD", message: "Somebody holds this office in this term." }] : [];
}

/** Imports appointments of lists and reports; a second import of the same list changes nothing. What was revoked stays as it is. */
export async function importAppointments(context: Context, input: ImportAppointmentsInput): Promise<BulkOutcome | IdempotencyConflict> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await importOnce(context, input);
    } catch (error) {
      if (collisionOf(error) === null || tries >= TRIES) throw error;
    }
  }
}

async function importOnce(context: Context, input: ImportAppointmentsInput): Promise<BulkOutcome | IdempotencyConflict> {
  const { viewer } = context;
  ensureAmong(viewer, APPOINTMENT_IMPORTERS);
  const one = (place: Place | null | undefined) => (place && givenFields(place).length === 1 ? findPlace(context, place) : null);
  const found = new Map<AppointmentRow, Found>();
  await Promise.all(
    input.rows.map(async (row) => {
      const [at, principal, conferrer] = await Promise.all([one(row.at), one(row.onBehalfOf), one(row.conferredBy)]);
      found.set(row, { at, principal, conferrer });
    }),
  );
  const people = await context.people.idsByKey(input.rows.map(({ personKey }) => personKey));
  const events = input.rows.flatMap(({ eventId }) =>
    eventId && checkText("eventId", eventId, { most: 100 }).length === 0 ? [eventId] : [],
  );
  const missing = events.length === 0 ? new Set<string>() : await missingEntities(context, "events", "Event", events, viewer);
  const placeOfRow = (row: AppointmentRow): string | null => {
    const { at } = found.get(asGiven(row))!;
    return at && placeText(exactly(at));
  };
  let slots: Slot[] = [];
  let revoked = new Map<string, string>();
  const published = (row: AppointmentRow) => row.published ?? isPublicRole(row.role);
  return bulkUpsert<AppointmentRow, Values, Appointment>(context, input, {
    operation: "importAppointments",
    concept: "appointment",
    role: roleAmong(viewer, APPOINTMENT_IMPORTERS),
    rows: input.rows,
    keyOf: ({ key }) => key,
    check: (row) => {
      const { at, principal, conferrer } = found.get(asGiven(row))!;
      const { eventId } = asGiven(row);
      const unknownEvent = eventId && (missing.has(eventId) || !events.includes(eventId));
      const personId = people.get(row.personKey);
      const problems = [
        ...checkText("key", row.key, { least: 1, most: 100 }),
        ...(personId ? [] : [{ field: "personKey", code: "UNKNOWN_REFERENCE", message: "There is no such person." }]),
        ...checkPlace("at", row.at, at),
        ...(row.onBehalfOf ? checkPlace("onBehalfOf", row.onBehalfOf, principal) : []),
        ...(row.conferredBy ? checkPlace("conferredBy", row.conferredBy, conferrer) : []),
        ...(unknownEvent ? [{ field: "eventId", code: "UNKNOWN_REFERENCE", message: "There is no such event." }] : []),
        ...checkAppointment({ ...row, atCommunity: at?.communityId != null }),
      ];
      if (problems.length > 0) return problems;
      const slot: Slot = {
        ...termOf(row),
        revokedOn: revoked.get(row.key) ?? null,
        place: placeOfRow(row)!,
        role: row.role,
        personId: personId!,
      };
      const inTheWay = collisions(slot, slots, hasSingleHolder(row.role));
      if (inTheWay.length === 0) slots.push(slot);
      return inTheWay;
    },
    existing: async (tx, keys) => {
      const rows = await tx.rows<Appointment>(LOCKED, [keys]);
      const places = [...new Set(input.rows.map(placeOfRow).filter((place) => place !== null))];
      slots = await tx.rows<Slot & Appointment>(BESIDE, [places, keys.filter(isStorable)]);
      revoked = new Map(rows.flatMap((row) => (row.revokedOn === null ? [] : [[row.key!, row.revokedOn] as const])));
      return new Map(rows.map((row) => [row.key!, row]));
    },
    idOf: ({ id }) => id,
    newId: ({ key }) => stableId("appointment", key),
    toValues: (row, existing) => {
      const { at, principal, conferrer } = found.get(asGiven(row))!;
      const values = toValues(row, people.get(row.personKey)!, { at: at!, principal, conferrer }, published(row));
      return existing === null ? values : { ...values, ...keptSides(asGiven(row), existing) };
    },
    storedValues: valuesOf,
    kept: keptTerm,
    permit: (row, existing) =>
      canImportAppointment(viewer, found.get(asGiven(row))!.at!.scopes) &&
      (existing === null ||
        placeText(existing) === placeOfRow(row) ||
        viewer.memberships.some(({ scope, role }) => scope === "*" && role === "ADMIN")),
    frozen: (_row, existing) =>
      existing !== null && existing.revokedOn !== null
        ? [{ field: "key", code: "REVOKED", message: "The appointment has been revoked. What is revoked is not rewritten." }]
        : [],
    write: (tx, records) => writeAppointments(tx, records),
  });
}
