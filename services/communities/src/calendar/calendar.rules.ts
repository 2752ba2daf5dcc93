import type { CalendarCode } from "@gongjian/entities-communities";
import { checkText, isDate, type InputProblem } from "@gongjian/subgraph";

/** The days on which an official calendar differs from the week: true for a make-up working day, false for a holiday. */
export type Exceptions = ReadonlyMap<string, boolean>;

/** Where offices keep their calendars: both sides of the strait are eight hours ahead of UTC all year. */
export const OFFICE_ZONE = "Asia/Shanghai";

const DAY = 86_400_000;

/**
 * Days off that the law fixes by their date, from the first year on, as `MM-DD`: the Regulation on Public Holidays for National Annual
 * Festivals and Memorial Days (State Council, Decree 795 of 2024), and 紀念日及節日實施條例 of Taiwan (2025). They hold also
 * while the official calendar of a year is not on record; that has the lunar ones, and the days moved to make longer holidays.
 */
const FIXED: Record<CalendarCode, readonly [from: number, days: readonly string[]]> = {
  CN: [2025, ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"]],
  TW: [2026, ["01-01", "02-28", "04-04", "05-01", "09-28", "10-10", "10-25", "12-25"]],
};
const LAST_YEAR = 2199;

/** The official days on record, and those that the law fixes by date. */
export function withFixedDays(calendar: CalendarCode, onRecord: Exceptions): Exceptions {
  const [first, days] = FIXED[calendar];
  const fixed = new Map<string, boolean>();
  for (let year = first; year <= LAST_YEAR; year += 1) for (const day of days) fixed.set(`${year}-${day}`, false);
  return new Map([...fixed, ...onRecord]);
}

/** The day `days` after a date, both `YYYY-MM-DD`. */
export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Whether offices work on a date: Monday to Friday, unless the calendar says otherwise. */
export function isWorkingDay(date: string, exceptions: Exceptions): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return exceptions.get(date) ?? (weekday !== 0 && weekday !== 6);
}

/**
 * The last day of a term of `count` working days (1 to 250) that begins on a date. The day on which it begins does not count
 * (Civil Code of the PRC, art. 201), and a term never ends on a day off (art. 203).
 * @throws RangeError for a count that is not an integer from 1 to 250
 */
export function addWorkingDays(date: string, count: number, exceptions: Exceptions): string {
  if (!Number.isInteger(count) || count < 1 || count > 250) throw new RangeError("a term has 1 to 250 working days");
  let day = date;
  for (let left = count; left > 0; ) {
    day = plusDays(day, 1);
    if (isWorkingDay(day, exceptions)) left -= 1;
  }
  return day;
}

/** How many working days lie after one date and up to another, that one included; 0 when it is not later. */
export function workingDaysAfter(from: string, to: string, exceptions: Exceptions): number {
  let count = 0;
  for (let day = plusDays(from, 1); day <= to; day = plusDays(day, 1)) if (isWorkingDay(day, exceptions)) count += 1;
  return count;
}

/** What is wrong with one day of an official calendar as given. */
export const checkCalendarDay = (row: { day: string; name: string; source?: string | null }): InputProblem[] => [
  ...(isDate(row.day) && row.day >= "1949-10-01" && row.day < "2200-01-01"
    ? []
    : [{ field: "day", code: "OUT_OF_RANGE", message: "The day must lie between 1949-10-01 and 2199-12-31." }]),
  ...checkText("name", row.name, { least: 1, most: 50 }),
  ...checkText("source", row.source, { most: 200 }),
];
