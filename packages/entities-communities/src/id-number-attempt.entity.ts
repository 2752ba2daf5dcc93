import { Check, Column, Entity, Index, PrimaryColumn } from "typeorm";

/** How many different ID numbers may be tried on one day, by one person or against one record. */
export const ID_NUMBERS_PER_DAY = 10;

/**
 * An ID number that was given on a day: that it is taken, or another's, is told for a few numbers a day and not for all there are. Holds
 * blind indexes alone, also of who gave it, and is swept after two days.
 */
@Entity({ name: "id_number_attempt" })
@Check("id_number_attempt_limit", `ordinal BETWEEN 1 AND ${ID_NUMBERS_PER_DAY}`)
@Index("id_number_attempt_once", ["about", "onDay", "ordinal"], { unique: true })
@Index("id_number_attempt_by_day", ["onDay"])
export class IdNumberAttemptEntity {
  /** The blind index of who gives their own number, or the id of the record that is compared. */
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "id_number_attempt_pkey" })
  about: string;

  @PrimaryColumn({ name: "on_day", type: "date", primaryKeyConstraintName: "id_number_attempt_pkey" })
  onDay: string;

  @PrimaryColumn({ name: "number_index", type: "text", primaryKeyConstraintName: "id_number_attempt_pkey" })
  numberIndex: string;

  /** The how-manieth different number of that day. */
  @Column({ type: "smallint" })
  ordinal: number;
}
