import { statement, uuidv7 } from "@gongjian/database";
import { AppointmentEntity, type AppointmentRole } from "@gongjian/entities-communities";
import {
  actingRole,
  alreadyExists,
  badInput,
  checkText,
  command,
  defineLoader,
  ensure,
  groupsInOrder,
  inOrder,
  isUuid,
  missingEntities,
  notFound,
  readPage,
  versionConflict,
  wholeStatement,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type Page,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { ofShownEvent } from "../external/event.lists";
import { insertPerson } from "../person/person.service";
import { checkPerson } from "../person/person.rules";
import { checkPlace, findPlace, givenFields, type Place } from "../place/place";
import { importAppointments } from "./appointment.import";
import type {
  AppointInput,
  AppointmentsArgs,
  ImportAppointmentsInput,
  RevokeAppointmentInput,
  UpdateAppointmentInput,
} from "./appointment.inputs";
import {
  APPOINTMENT_COLUMNS,
  appointmentList,
  atCommunity,
  atOrganisation,
  atRegion,
  ofEvent,
  ofPerson,
  onBehalfOfCommunity,
  onBehalfOfOrganisation,
} from "./appointment.lists";
import { APPOINTERS, canAppoint, canConfer, visibleAppointments } from "./appointment.policy";
import { alreadyRevoked, officeHeld, type AlreadyRevoked, type OfficeHeld } from "./appointment.results";
import { changed, checkConferrer, datesOf } from "./appointment.changes";
import { checkAppointment, termOf } from "./appointment.rules";
import {
  collisionOf,
  holderOf,
  lockAppointment,
  placeOf,
  placeText,
  readBack,
  toValues,
  valuesOf,
  writeAppointments,
  type Values,
} from "./appointment.store";
import type { Appointment, ExpertiseCount } from "./appointment.type";

const byId = defineLoader<Context, string, Appointment | null>(async (context, ids) => {
  const { statement: text, params } = wholeStatement({
    select: APPOINTMENT_COLUMNS,
    from: "appointment a",
    where: [{ sql: "a.id = ANY(?::uuid[])", params: [ids] }, ...visibleAppointments(context.viewer)],
    ordering: { tag: "", keys: [{ sql: "a.id", field: "id", type: "uuid" }], direction: "ASC" },
  });
  return inOrder(ids, await context.rows<Appointment>(text, params), (row) => row.id);
});

/** Of the published ones alone, so that counts tell nobody more than lists do. */
const EXPERTISE = statement(
  "organisation_expertise",
  `SELECT a.organisation_id AS "organisationId", field, count(DISTINCT a.person_id)::integer AS people
   FROM appointment a CROSS JOIN LATERAL unnest(a.expertise) AS field
   WHERE a.organisation_id = ANY($1::uuid[]) AND a.published AND a.role = 'EXPERT' AND a.revoked_on IS NULL
   GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2`,
);
const expertiseOf = defineLoader<Context, string, ExpertiseCount[]>(async (context, ids) =>
  groupsInOrder(ids, await context.rows<ExpertiseCount & { organisationId: string }>(EXPERTISE, [ids]), (row) => row.organisationId),
);

const one = (context: Context, place: Place | null | undefined) =>
  place && givenFields(place).length === 1 ? findPlace(context, place) : null;

/** Reads appointments, and enters, changes and revokes them. */
export class AppointmentService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Appointment | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  list(args: AppointmentsArgs): Promise<Page<Appointment>> {
    return ofShownEvent(this.context, args, (shown) => readPage<Appointment>(this.context, appointmentList(this.context, shown), shown));
  }

  ofPerson(parent: string, args: AppointmentsArgs): Promise<Page<Appointment>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(ofPerson, { parent, args: shown }));
  }

  atCommunity(parent: string, args: AppointmentsArgs): Promise<Page<Appointment>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(atCommunity, { parent, args: shown }));
  }

  atOrganisation(parent: string, args: AppointmentsArgs): Promise<Page<Appointment>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(atOrganisation, { parent, args: shown }));
  }

  atRegion(parent: string, args: AppointmentsArgs): Promise<Page<Appointment>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(atRegion, { parent, args: shown }));
  }

  onBehalfOfCommunity(parent: string, args: AppointmentsArgs): Promise<Page<Appointment>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(onBehalfOfCommunity, { parent, args: shown }));
  }

  onBehalfOfOrganisation(parent: string, args: AppointmentsArgs): Promise<Page<Appointment>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(onBehalfOfOrganisation, { parent, args: shown }));
  }

  async ofEvent(id: string, args: AppointmentsArgs): Promise<Page<Appointment> | null> {
    return isUuid(id)
      ? ofShownEvent(this.context, args, (shown) => this.context.load(ofEvent, { parent: id.toLowerCase(), args: shown }))
      : null;
  }

  expertiseOf(organisationId: string): Promise<ExpertiseCount[]> {
    return this.context.load(expertiseOf, organisationId);
  }

  async appoint(input: AppointInput): Promise<Appointment | OfficeHeld | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensure(viewer, viewer.subject !== "anonymous");
    const [at, principal, conferrer] = await Promise.all([
      one(context, input.at),
      one(context, input.onBehalfOf),
      one(context, input.conferredBy),
    ]);
    ensure(viewer, canAppoint(viewer, input.role, at?.scopes ?? []));
    if (conferrer) ensure(viewer, canConfer(viewer, conferrer.scopes));
    const person = input.personId ? await context.people.byId(input.personId) : null;
    const problems = [
      ...checkPlace("at", input.at, at),
      ...(input.onBehalfOf ? checkPlace("onBehalfOf", input.onBehalfOf, principal) : []),
      ...(input.conferredBy ? checkPlace("conferredBy", input.conferredBy, conferrer) : []),
      ...checkWho(input, person !== null),
      ...checkAppointment({ ...input, atCommunity: at?.communityId != null }),
      ...(await this.checkEvent(input.eventId)),
    ];
    if (problems.length > 0) throw badInput(problems);
    const id = uuidv7();
    const draft = { ...input, key: null, source: null };
    const sides = { at: at!, principal, conferrer };
    const collision = { role: input.role, place: placeText(toValues(draft, "", sides, false)), except: null, ...termOf(input) };
    return this.without(collision, "personId", () =>
      command(context, "appoint", actingRole(viewer, APPOINTERS, at!.scopes), input, async (tx) => {
        const personId = person?.id ?? (await insertPerson(tx, input.personName!));
        const values = toValues(draft, personId, sides, input.published ?? false);
        await writeAppointments(tx, [{ id, values, existing: null }]);
        tx.audit({ action: "create", concept: "appointment", entityId: id, before: null, after: values });
        return readBack(tx, id);
      }),
    );
  }

  async update(
    input: UpdateAppointmentInput,
  ): Promise<Appointment | OfficeHeld | AlreadyExists | AlreadyRevoked | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const { appointment, scopes } = await this.mine(input.id);
    const conferrer = await one(context, input.conferredBy);
    if (conferrer) ensure(context.viewer, canConfer(context.viewer, conferrer.scopes));
    const wanted = changed(input, appointment, conferrer);
    const problems = [
      ...checkAppointment({ ...wanted, ...datesOf(wanted), atCommunity: wanted.communityId !== null }),
      ...(input.conferredBy ? checkPlace("conferredBy", input.conferredBy, conferrer) : []),
      ...checkConferrer(input, appointment),
    ];
    if (problems.length > 0) throw badInput(problems);
    const collision = { ...wanted, place: placeText(wanted), except: appointment.id };
    return this.without(collision, "endsOn", () =>
      command<Appointment | AlreadyRevoked | VersionConflict>(
        context,
        "updateAppointment",
        actingRole(context.viewer, APPOINTERS, scopes),
        input,
        async (tx) => {
          const stored = await lockAppointment(tx, appointment.id);
          if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
          if (stored.revokedOn !== null) return tx.rollback(alreadyRevoked());
          const after = changed(input, stored, conferrer);
          await writeAppointments(tx, [{ id: stored.id, values: after, existing: stored }]);
          tx.audit({ action: "update", concept: "appointment", entityId: stored.id, before: valuesOf(stored), after });
          return readBack(tx, stored.id);
        },
      ),
    );
  }

  async revoke(input: RevokeAppointmentInput): Promise<Appointment | AlreadyRevoked | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const { appointment, scopes } = await this.mine(input.id);
    const today = await context.calendars.today();
    const revokedOn = input.revokedOn ?? today;
    const problems = checkText("reason", input.reason, { least: 1, most: 500 });
    if (revokedOn > today) problems.push({ field: "revokedOn", code: "IN_FUTURE", message: "The day has not come yet." });
    const begins = appointment.startsFirst ?? appointment.attestedOn!;
    // one that has not begun is taken back before it does
    if (begins <= today && revokedOn < begins)
      problems.push({ field: "revokedOn", code: "PERIOD_REVERSED", message: "The day lies before the appointment." });
    if (problems.length > 0) throw badInput(problems);
    return command<Appointment | AlreadyRevoked | VersionConflict>(
      context,
      "revokeAppointment",
      actingRole(context.viewer, APPOINTERS, scopes),
      input,
      async (tx) => {
        const stored = await lockAppointment(tx, appointment.id);
        if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
        if (stored.revokedOn !== null) return tx.rollback(alreadyRevoked());
        const revocation = { revokedOn, revocationReason: input.reason.trim() };
        const by = { revokedBy: context.viewer.subject, revokedByIssuer: context.viewer.issuer ?? null };
        await tx.manager.update(AppointmentEntity, { id: stored.id }, { ...revocation, ...by });
        tx.audit({
          action: "revoke",
          concept: "appointment",
          entityId: stored.id,
          before: valuesOf(stored),
          after: { ...valuesOf(stored), ...revocation },
        });
        return readBack(tx, stored.id);
      },
    );
  }

  import(input: ImportAppointmentsInput): Promise<BulkOutcome | IdempotencyConflict> {
    return importAppointments(this.context, input);
  }

  /** An appointment that the viewer may change. @throws NOT_FOUND, FORBIDDEN, UNAUTHENTICATED */
  private async mine(id: string): Promise<{ appointment: Appointment; scopes: Scopes }> {
    const { context } = this;
    ensure(context.viewer, context.viewer.subject !== "anonymous");
    const appointment = await this.byId(id);
    if (!appointment) throw notFound("Appointment");
    const place = await findPlace(context, placeOf(appointment));
    ensure(context.viewer, canAppoint(context.viewer, appointment.role, place?.scopes ?? []));
    return { appointment, scopes: place?.scopes ?? [] };
  }

  /** Runs a write, and tells of a term that overlaps another one as a result. */
  private async without<R>(
    about: { role: AppointmentRole; place: string; except: string | null } & Pick<Values, "startsLast" | "endsFirst" | "attestedOn">,
    field: string,
    work: () => Promise<R>,
  ): Promise<R | OfficeHeld | AlreadyExists> {
    try {
      return await work();
    } catch (error) {
      const collision = collisionOf(error);
      if (collision === "TWICE") return alreadyExists(field);
      if (collision === null) throw error;
      const holder = await holderOf(this.context, about.place, about.role, about.except, about);
      return officeHeld(holder === null ? null : await this.byId(holder));
    }
  }

  private async checkEvent(id: string | null | undefined): Promise<InputProblem[]> {
    if (!id) return [];
    const malformed = checkText("eventId", id, { most: 100 });
    if (malformed.length > 0) return malformed;
    const missing = await missingEntities(this.context, "events", "Event", [id], this.context.viewer);
    return missing.size > 0 ? [{ field: "eventId", code: "UNKNOWN_REFERENCE", message: "There is no such event." }] : [];
  }
}

function checkWho({ personId, personName }: AppointInput, found: boolean): InputProblem[] {
  if ((personId == null) === (personName == null))
    return [{ field: "personId", code: "EXACTLY_ONE", message: "Either a person on record is given, or a name." }];
  if (personId == null) return checkPerson({ name: personName! }).map((problem) => ({ ...problem, field: "personName" }));
  return found ? [] : [{ field: "personId", code: "UNKNOWN_REFERENCE", message: "There is no such person." }];
}
