import { checkText, isDate, type InputProblem } from "@gongjian/subgraph";

/** The days on which an official calendar differs from the week: true for a make-up working day, false for a holiday. */
export type Exceptions = ReadonlyMap<string, boolean>;

/** Where offices keep their calendars: both sides of the strait are eight hours ahead of UTC all year. */
export const OFFICE_ZONE = "Asia/Shanghai";

const DAY = 86_400_000;

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
