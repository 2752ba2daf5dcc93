import { constraintOf, statement, type CommandTransaction } from "@gongjian/database";
import { AppointmentEntity, type AppointmentRole } from "@gongjian/entities-communities";
import type { Context } from "../context";
import { partialDateOf } from "./partial-date";
import { givenFields, type FoundPlace, type Place } from "../place/place";
import { APPOINTMENT_COLUMNS } from "./appointment.lists";
import { termOf, type AppointmentDraft } from "./appointment.rules";
import type { Appointment } from "./appointment.type";

const STORED = statement("appointment_stored", `SELECT ${APPOINTMENT_COLUMNS} FROM appointment a WHERE a.id = $1::uuid`);
const LOCKED = statement("appointment_locked", `SELECT ${APPOINTMENT_COLUMNS} FROM appointment a WHERE a.id = $1::uuid FOR NO KEY UPDATE`);
const HOLDER = statement(
  "appointment_holder",
  `SELECT a.id FROM appointment a WHERE a.place = $1 AND a.role = $2 AND a.id IS DISTINCT FROM $3::uuid
   AND certain_term(a.starts_last, a.ends_first, a.revoked_on, a.attested_on) && certain_term($4::date, $5::date, NULL, $6::date)
   ORDER BY a.id LIMIT 1`,
);

/** What an appointment says, as it is stored and audited. Who revoked it stands in the audit trail alone. */
export type Values = Pick<
  Appointment,
  | "key"
  | "personId"
  | "role"
  | "regionCode"
  | "communityId"
  | "organisationId"
  | "startsFirst"
  | "startsLast"
  | "endsFirst"
  | "endsLast"
  | "attestedOn"
  | "capacity"
  | "expertise"
  | "onBehalfCommunityId"
  | "onBehalfOrganisationId"
  | "conferrerRegionCode"
  | "conferrerCommunityId"
  | "conferrerOrganisationId"
  | "eventId"
  | "published"
  | "source"
>;

export function valuesOf(stored: Values): Values {
  const { key, personId, role, regionCode, communityId, organisationId, startsFirst, startsLast, endsFirst, endsLast, attestedOn } = stored;
  const { capacity, expertise, onBehalfCommunityId, onBehalfOrganisationId, eventId, published, source } = stored;
  const { conferrerRegionCode, conferrerCommunityId, conferrerOrganisationId } = stored;
  const where = { regionCode, communityId, organisationId };
  const term = { startsFirst, startsLast, endsFirst, endsLast, attestedOn };
  const sides = { onBehalfCommunityId, onBehalfOrganisationId, conferrerRegionCode, conferrerCommunityId, conferrerOrganisationId };
  return { key, personId, role, ...where, ...term, capacity, expertise, ...sides, eventId, published, source };
}

/** A place that was looked up, without the region that a community or organisation lies in. */
export const exactly = ({ regionCode, communityId, organisationId }: FoundPlace): Required<Place> => ({
  regionCode: communityId === null && organisationId === null ? regionCode : null,
  communityId,
  organisationId,
});

export interface Given extends Omit<AppointmentDraft, "atCommunity"> {
  key?: string | null;
  eventId?: string | null;
}
export interface Sides {
  at: FoundPlace;
  principal: FoundPlace | null;
  conferrer: FoundPlace | null;
}

export function conferredBy(
  conferrer: FoundPlace | null,
): Pick<Values, "conferrerRegionCode" | "conferrerCommunityId" | "conferrerOrganisationId"> {
  const from = conferrer && exactly(conferrer);
  return {
    conferrerRegionCode: from?.regionCode ?? null,
    conferrerCommunityId: from?.communityId ?? null,
    conferrerOrganisationId: from?.organisationId ?? null,
  };
}

export function toValues(given: Given, personId: string, { at, principal, conferrer }: Sides, published: boolean): Values {
  const where = exactly(at);
  return {
    key: given.key ?? null,
    personId,
    role: given.role,
    regionCode: where.regionCode ?? null,
    communityId: where.communityId ?? null,
    organisationId: where.organisationId ?? null,
    ...termOf(given),
    capacity: given.capacity?.trim() || null,
    expertise: (given.expertise ?? []).map((field) => field.trim()),
    onBehalfCommunityId: principal?.communityId ?? null,
    onBehalfOrganisationId: principal?.organisationId ?? null,
    ...conferredBy(conferrer),
    eventId: given.eventId?.toLowerCase() ?? null,
    published,
    source: given.source ?? null,
  };
}

/** What a stored appointment says, under the names that a row has for it. */
export const keptTerm = (stored: Values): object => ({
  ...valuesOf(stored),
  startsOn: partialDateOf(stored.startsFirst, stored.startsLast),
  endsOn: partialDateOf(stored.endsFirst, stored.endsLast),
});

/** On whose behalf, and by whom it was conferred, as stored: where a row says nothing of it. */
export const keptSides = (given: { onBehalfOf?: unknown; conferredBy?: unknown }, stored: Values): Partial<Values> => ({
  ...(given.onBehalfOf === undefined && {
    onBehalfCommunityId: stored.onBehalfCommunityId,
    onBehalfOrganisationId: stored.onBehalfOrganisationId,
  }),
  ...(given.conferredBy === undefined && {
    conferrerRegionCode: stored.conferrerRegionCode,
    conferrerCommunityId: stored.conferrerCommunityId,
    conferrerOrganisationId: stored.conferrerOrganisationId,
  }),
});

export const placeOf = ({ regionCode, communityId, organisationId }: Place): Place => ({ regionCode, communityId, organisationId });
/** The place as one text, as the constraints compare it. */
export const placeText = ({ regionCode, communityId, organisationId }: Place): string =>
  regionCode ? `region:${regionCode}` : communityId ? `community:${communityId}` : `organisation:${organisationId}`;
export const conferrerOf = (a: Pick<Values, "conferrerRegionCode" | "conferrerCommunityId" | "conferrerOrganisationId">): Place | null => {
  const place = { regionCode: a.conferrerRegionCode, communityId: a.conferrerCommunityId, organisationId: a.conferrerOrganisationId };
  return givenFields(place).length === 0 ? null : place;
};

/** New records are inserted, never saved: of two writers of one key the second must fail. */
export async function writeAppointments(
  tx: CommandTransaction,
  records: { id: string; values: Values; existing: Appointment | null }[],
): Promise<void> {
  const entityOf = (id: string, values: Values) => ({ ...values, id, place: placeText(values) });
  for (const { id, values, existing } of records)
    if (existing !== null) await tx.manager.update(AppointmentEntity, { id }, entityOf(id, values));
  const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => entityOf(id, values));
  if (created.length > 0) await tx.manager.insert(AppointmentEntity, created);
}

export async function lockAppointment(tx: CommandTransaction, id: string): Promise<Appointment> {
  const [row] = await tx.rows<Appointment>(LOCKED, [id]);
  return row!;
}

export async function readBack(tx: CommandTransaction, id: string): Promise<Appointment> {
  const [row] = await tx.rows<Appointment>(STORED, [id]);
  return { __typename: "Appointment", ...row! } as Appointment;
}

/** Which of the two rules about overlapping terms an error broke. */
export function collisionOf(error: unknown): "HOLDER" | "TWICE" | null {
  const name = constraintOf(error)?.constraint;
  return name === "appointment_one_holder" ? "HOLDER" : name === "appointment_once" ? "TWICE" : null;
}

/** The id of whose term overlaps: of the one whom `appointment_one_holder` spoke for. Null when it has gone meanwhile. */
export async function holderOf(
  context: Context,
  place: string,
  role: AppointmentRole,
  except: string | null,
  term: Pick<Values, "startsLast" | "endsFirst" | "attestedOn">,
): Promise<string | null> {
  const [row] = await context.rows<{ id: string }>(HOLDER, [place, role, except, term.startsLast, term.endsFirst, term.attestedOn]);
  return row?.id ?? null;
}
