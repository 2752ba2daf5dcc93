import { statement } from "@gongjian/database";
import { CalendarDayEntity, type CalendarCode } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  bulkUpsert,
  checkNumber,
  defineLoader,
  ensure,
  type BulkOutcome,
  type IdempotencyConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { reckonTerms } from "../suggestion/suggestion.terms";
import type { CalendarDayRow, ImportCalendarDaysInput } from "./calendar.inputs";
import { CALENDAR_KEEPERS, canKeepCalendars } from "./calendar.policy";
import { addWorkingDays, checkCalendarDay, OFFICE_ZONE, withFixedDays, workingDaysAfter, type Exceptions } from "./calendar.rules";
import type { CalendarDay, WorkingCalendar } from "./calendar.type";

const COLUMNS = "d.calendar, d.day::text AS day, d.working, d.name, d.source";
const OF_CALENDARS = statement("calendar_days", `SELECT ${COLUMNS} FROM calendar_day d WHERE d.calendar = ANY($1::text[]) ORDER BY d.day`);
const STORED = statement(
  "calendar_days_stored",
  `SELECT ${COLUMNS} FROM calendar_day d JOIN unnest($1::text[], $2::date[]) AS k(calendar, day) ON d.calendar = k.calendar AND d.day = k.day FOR UPDATE OF d`,
);
const TODAY = statement("calendar_today", `SELECT ((now() AT TIME ZONE '${OFFICE_ZONE}')::date)::text AS today`);

/** A few hundred rows a calendar in twenty years: they are read whole, once a request. */
const ofCalendar = defineLoader<Context, string, CalendarDay[]>(async (context, calendars) => {
  const rows = await context.rows<CalendarDay>(OF_CALENDARS, [calendars]);
  return calendars.map((calendar) => rows.filter((row) => row.calendar === calendar));
});

const keyOf = ({ calendar, day }: { calendar: string; day: string }): string => `${calendar}:${day}`;
type Values = Pick<CalendarDay, "calendar" | "day" | "working" | "name" | "source">;
const valuesOf = ({ calendar, day, working, name, source }: CalendarDayRow): Values => ({
  calendar,
  day,
  working,
  name,
  source: source ?? null,
});

/** The calendar by which a place's offices work. */
export const calendarOf = (scheme: string): CalendarCode => (scheme === "TW_MOI" ? "TW" : "CN");

/** Reads and writes official calendars, and counts terms by them. */
export class CalendarService {
  private date: Promise<string> | undefined;

  constructor(private readonly context: Context) {}

  /** The offices' date, the same all through a request. */
  today(): Promise<string> {
    this.date ??= this.context.rows<{ today: string }>(TODAY).then(([row]) => row!.today);
    return this.date;
  }

  async exceptions(calendar: CalendarCode): Promise<Exceptions> {
    const days = await this.context.load(ofCalendar, calendar);
    return withFixedDays(calendar, new Map(days.map(({ day, working }) => [day, working])));
  }

  async year(calendar: CalendarCode, year: number): Promise<WorkingCalendar> {
    const problems = checkNumber("year", year, { least: 1950, most: 2199 });
    if (problems.length > 0) throw badInput(problems);
    const days = await this.context.load(ofCalendar, calendar);
    const workingDays = workingDaysAfter(`${year - 1}-12-31`, `${year}-12-31`, await this.exceptions(calendar));
    return { calendar, year, workingDays, days: days.filter(({ day }) => day.startsWith(`${year}-`)) };
  }

  async endOfTerm(calendar: CalendarCode, from: string, workingDays: number): Promise<string> {
    const problems = [
      ...checkNumber("workingDays", workingDays, { least: 1, most: 250 }),
      ...(from >= "1949-10-01" && from < "2199-01-01"
        ? []
        : [{ field: "from", code: "OUT_OF_RANGE", message: "The term begins between 1949-10-01 and 2198-12-31." }]),
    ];
    if (problems.length > 0) throw badInput(problems);
    return addWorkingDays(from, workingDays, await this.exceptions(calendar));
  }

  /** What is due by the calendar moves with it: see `reckonTerms`. */
  async import(input: ImportCalendarDaysInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, canKeepCalendars(context.viewer));
    const today = await this.today();
    const role = actingRole(context.viewer, CALENDAR_KEEPERS, []);
    return bulkUpsert<CalendarDayRow, Values, CalendarDay>(context, input, {
      operation: "importCalendarDays",
      concept: "calendarDay",
      role,
      rows: input.rows,
      keyOf,
      check: checkCalendarDay,
      existing: async (tx, keys) => {
        const parts = keys.map((key) => key.split(":"));
        const rows = await tx.rows<CalendarDay>(STORED, [parts.map(([calendar]) => calendar), parts.map(([, day]) => day)]);
        return new Map(rows.map((row) => [keyOf(row), row]));
      },
      idOf: keyOf,
      newId: keyOf,
      toValues: valuesOf,
      storedValues: valuesOf,
      permit: () => true,
      write: async (tx, records) => {
        if (records.length === 0) return;
        const days = records.map(({ values }) => values);
        await tx.manager.upsert(CalendarDayEntity, days, ["calendar", "day"]);
        for (const calendar of new Set(days.map((day) => day.calendar))) {
          const changed = days.filter((day) => day.calendar === calendar).map(({ day }) => day);
          const stored = await tx.rows<CalendarDay>(OF_CALENDARS, [[calendar]]);
          const exceptions = withFixedDays(calendar, new Map(stored.map(({ day, working }) => [day, working])));
          await reckonTerms(tx, calendar, changed.sort()[0]!, exceptions, { today, role });
        }
      },
    });
  }
}
