import { Check, Column, CreateDateColumn, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from "typeorm";
import { AppointmentEntity } from "./appointment.entity";

/** How many letters of appointment a body has issued in a year. Counts on by one with each letter, and with nothing else: triggers see to it. */
@Entity({ name: "letter_series" })
@Check("letter_series_code_form", "code ~ '^[0-9A-HJKMNP-TV-Z]{8}$'")
@Check("letter_series_year_range", "year BETWEEN 2000 AND 9999")
@Check("letter_series_last_range", "last BETWEEN 1 AND 999999")
export class LetterSeriesEntity {
  /** Eight characters that stand for the conferring body. */
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "letter_series_pkey" })
  code: string;

  @PrimaryColumn({ type: "integer", primaryKeyConstraintName: "letter_series_pkey" })
  year: number;

  /** The conferring body: `region:<code>`, `community:<uuid>` or `organisation:<uuid>`. */
  @Column({ type: "text" })
  conferrer: string;

  @Column({ type: "integer" })
  last: number;
}

/** What a letter of appointment says, frozen when it was issued. */
export interface LetterContent {
  person: string;
  role: string;
  place: string;
  conferrer: string;
  capacity: string | null;
  expertise: readonly string[];
  startsOn: string | null;
  endsOn: string | null;
}

/** A numbered letter of appointment. Never changed and never deleted: triggers see to it. */
@Entity({ name: "appointment_letter" })
@Unique("appointment_letter_serial_once", ["series", "year", "serial"])
@Unique("appointment_letter_number_once", ["number"])
@Check(
  "appointment_letter_number_form",
  "number = series || '-' || year || '-' || lpad(serial::text, greatest(4, length(serial::text)), '0')",
)
@Check("appointment_letter_code_form", "code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'")
export class AppointmentLetterEntity {
  @PrimaryColumn({ name: "appointment_id", type: "uuid", primaryKeyConstraintName: "appointment_letter_pkey" })
  appointmentId: string;

  @ManyToOne(() => AppointmentEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "appointment_id", foreignKeyConstraintName: "appointment_letter_appointment_fk" })
  appointment?: Relation<AppointmentEntity>;

  @Column({ type: "text" })
  series: string;

  @Column({ type: "integer" })
  year: number;

  @Column({ type: "integer" })
  serial: number;

  @Column({ type: "text" })
  number: string;

  /** 80 random bits: whoever has number and code has the letter. */
  @Column({ type: "text" })
  code: string;

  @Column({ type: "jsonb" })
  content: LetterContent;

  @Column({ name: "issued_on", type: "date" })
  issuedOn: string;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;
}
