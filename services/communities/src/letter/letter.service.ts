import { constraintOf, statement, type CommandTransaction } from "@gongjian/database";
import { AppointmentLetterEntity, type LetterContent } from "@gongjian/entities-communities";
import {
  actingRole,
  alreadyExists,
  badInput,
  command,
  defineLoader,
  ensure,
  inOrder,
  isStorable,
  notFound,
  type AlreadyExists,
  type IdempotencyConflict,
} from "@gongjian/subgraph";
import { STATUS } from "../appointment/appointment.lists";
import { APPOINTERS, canConfer } from "../appointment/appointment.policy";
import { alreadyRevoked, type AlreadyRevoked } from "../appointment/appointment.results";
import { conferrerOf, lockAppointment, placeOf, placeText } from "../appointment/appointment.store";
import type { Appointment } from "../appointment/appointment.type";
import { partialDateOf } from "../appointment/partial-date";
import type { Context } from "../context";
import { findPlace, type Place } from "../place/place";
import type { IssueLetterInput } from "./letter.inputs";
import { asTyped, newCode, numberOf, seriesOf } from "./letter.rules";
import type { AppointmentLetter, AppointmentVerification, StoredLetter } from "./letter.type";

const COLUMNS = `l.appointment_id AS "appointmentId", l.number, l.issued_on AS "issuedOn"`;
const OF_APPOINTMENTS = statement(
  "letters_of_appointments",
  `SELECT ${COLUMNS} FROM appointment_letter l WHERE l.appointment_id = ANY($1::uuid[])`,
);
/** Read apart from the letter, and only for whom it is: what a write answers is kept for its replays. */
const CODES = statement(
  "letter_codes",
  `SELECT appointment_id AS "appointmentId", code FROM appointment_letter WHERE appointment_id = ANY($1::uuid[])`,
);
const VERIFY = statement(
  "letter_verify",
  `SELECT l.number, l.issued_on AS "issuedOn", l.content, ${STATUS} AS status, a.ends_first AS "endsFirst", a.ends_last AS "endsLast",
    a.revoked_on AS "revokedOn", a.revocation_reason AS "revocationReason"
   FROM appointment_letter l JOIN appointment a ON a.id = l.appointment_id WHERE l.number = $1 AND l.code = $2`,
);
/** Whoever is second in a series waits for the first to commit: the count and the letter are one. */
const NEXT = statement(
  "letter_series_next",
  `INSERT INTO letter_series AS s (code, year, conferrer, last) VALUES ($1, $2, $3, 1)
   ON CONFLICT (code, year) DO UPDATE SET last = s.last + 1 RETURNING last`,
);

const ofAppointment = defineLoader<Context, string, AppointmentLetter | null>(async (context, ids) =>
  inOrder(ids, await context.rows<AppointmentLetter>(OF_APPOINTMENTS, [ids]), (row) => row.appointmentId),
);

const codeOf = defineLoader<Context, string, { appointmentId: string; code: string } | null>(async (context, ids) =>
  inOrder(ids, await context.rows<{ appointmentId: string; code: string }>(CODES, [ids]), (row) => row.appointmentId),
);

/** Issues letters of appointment, and tells what a letter is worth. */
export class LetterService {
  constructor(private readonly context: Context) {}

  /** The letter of an appointment that the viewer sees. */
  ofAppointment(id: string): Promise<AppointmentLetter | null> {
    return this.context.load(ofAppointment, id);
  }

  /** The code of a letter, for those who may issue it. */
  async codeOf(letter: AppointmentLetter): Promise<string | null> {
    const appointment = await this.context.appointments.byId(letter.appointmentId);
    const conferrer = appointment && (await this.conferrerOf(appointment));
    if (!conferrer || !canConfer(this.context.viewer, conferrer.scopes)) return null;
    return (await this.context.load(codeOf, letter.appointmentId))?.code ?? null;
  }

  async verify(number: string, code: string): Promise<AppointmentVerification | null> {
    if (!isStorable(number) || !isStorable(code) || number.length > 100 || code.length > 100) return null;
    const [row] = await this.context.rows<StoredLetter>(VERIFY, [asTyped(number), asTyped(code).replaceAll("-", "")]);
    if (!row) return null;
    const { content, endsFirst, endsLast, ...letter } = row;
    return { ...letter, ...content, role: content.role as AppointmentVerification["role"], endsOnNow: partialDateOf(endsFirst, endsLast) };
  }

  async issue(input: IssueLetterInput): Promise<AppointmentLetter | AlreadyExists | AlreadyRevoked | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensure(viewer, viewer.subject !== "anonymous");
    const appointment = await context.appointments.byId(input.appointmentId);
    if (!appointment) throw notFound("Appointment");
    const conferrer = await this.conferrerOf(appointment);
    ensure(viewer, canConfer(viewer, conferrer?.scopes ?? []));
    if (!conferrer)
      throw badInput([{ field: "appointmentId", code: "NO_CONFERRER", message: "The appointment does not say who confers it." }]);
    const place = conferrerOf(appointment)!;
    const today = await context.calendars.today();
    const names = await this.namesOf(appointment, place);
    try {
      return await command<AppointmentLetter | AlreadyRevoked>(
        context,
        "issueLetter",
        actingRole(viewer, APPOINTERS, conferrer.scopes),
        input,
        async (tx) => {
          const stored = await lockAppointment(tx, appointment.id);
          if (stored.revokedOn !== null) return tx.rollback(alreadyRevoked());
          return insertLetter(tx, appointment.id, placeText(place), today, contentOf(stored, names));
        },
      );
    } catch (error) {
      if (constraintOf(error)?.constraint === "appointment_letter_pkey") return alreadyExists("appointmentId");
      throw error;
    }
  }

  private async conferrerOf(appointment: Appointment) {
    const place = conferrerOf(appointment);
    return place && findPlace(this.context, place);
  }

  private async namesOf(appointment: Appointment, conferrer: Place): Promise<Names> {
    const { context } = this;
    const nameOf = async ({ regionCode, communityId, organisationId }: Place): Promise<string> => {
      const record = regionCode
        ? await context.regions.byCode(regionCode)
        : communityId
          ? await context.communities.byId(communityId)
          : await context.organisations.byId(organisationId!);
      return record!.name;
    };
    const person = await context.people.byId(appointment.personId);
    return { person: person!.name, place: await nameOf(placeOf(appointment)), conferrer: await nameOf(conferrer) };
  }
}

type Names = Pick<LetterContent, "person" | "place" | "conferrer">;

const contentOf = (appointment: Appointment, names: Names): LetterContent => ({
  ...names,
  role: appointment.role,
  capacity: appointment.capacity,
  expertise: appointment.expertise,
  startsOn: partialDateOf(appointment.startsFirst, appointment.startsLast),
  endsOn: partialDateOf(appointment.endsFirst, appointment.endsLast),
});

async function insertLetter(
  tx: CommandTransaction,
  appointmentId: string,
  conferrer: string,
  issuedOn: string,
  content: LetterContent,
): Promise<AppointmentLetter> {
  const series = seriesOf(conferrer);
  const year = Number(issuedOn.slice(0, 4));
  const [next] = await tx.rows<{ last: number }>(NEXT, [series, year, conferrer]);
  const number = numberOf(series, year, next!.last);
  const code = newCode();
  await tx.manager.insert(AppointmentLetterEntity, {
    appointmentId,
    series,
    year,
    serial: next!.last,
    number,
    code,
    content: content as never,
    issuedOn,
  });
  // the code is the letter's own: it stands in no audit entry
  tx.audit({ action: "issue", concept: "appointmentLetter", entityId: appointmentId, before: null, after: { number, issuedOn, content } });
  const [row] = await tx.rows<AppointmentLetter>(OF_APPOINTMENTS, [[appointmentId]]);
  return { ...row!, __typename: "AppointmentLetter" };
}
