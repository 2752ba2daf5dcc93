import { Check, Column, Entity, PrimaryColumn } from "typeorm";

/** Whose official calendar: mainland China, Taiwan. */
export const CALENDARS = ["CN", "TW"] as const;
export type CalendarCode = (typeof CALENDARS)[number];

/** A day that an official calendar names: a holiday, or a make-up working day at a weekend. */
@Entity({ name: "calendar_day" })
@Check("calendar_day_calendar_known", `calendar IN (${CALENDARS.map((code) => `'${code}'`).join(", ")})`)
export class CalendarDayEntity {
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "calendar_day_pkey" })
  calendar: CalendarCode;

  @PrimaryColumn({ type: "date", primaryKeyConstraintName: "calendar_day_pkey" })
  day: string;

  @Column({ type: "boolean" })
  working: boolean;

  @Column({ type: "text" })
  name: string;

  @Column({ type: "text", nullable: true })
  source: string | null;
}
