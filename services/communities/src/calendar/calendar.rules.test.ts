import fc from "fast-check";
import { addWorkingDays, checkCalendarDay, isWorkingDay, plusDays, withFixedDays, workingDaysAfter } from "./calendar.rules";

/** National Day and Mid-Autumn 2024: seven days off, and two Sundays and a Saturday worked for them. */
const AUTUMN = new Map<string, boolean>([
  ["2024-09-14", true],
  ["2024-09-15", false],
  ["2024-09-16", false],
  ["2024-09-17", false],
  ["2024-09-29", true],
  ...["01", "02", "03", "04", "05", "06", "07"].map((day) => [`2024-10-${day}`, false] as const),
  ["2024-10-12", true],
]);
const NONE = new Map<string, boolean>();

test("a week works from Monday to Friday, and the calendar overrules it both ways", () => {
  expect(["2024-09-13", "2024-09-14", "2024-09-15", "2024-09-16", "2024-09-18"].map((day) => isWorkingDay(day, AUTUMN))).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
  expect(isWorkingDay("2024-09-14", NONE)).toBe(false);
});

test("a term that begins before the holidays ends after them, make-up days counted", () => {
  // 27 September is a Friday: Sunday 29 and Monday 30 are worked, then seven days off
  expect(addWorkingDays("2024-09-27", 2, AUTUMN)).toBe("2024-09-30");
  expect(addWorkingDays("2024-09-27", 3, AUTUMN)).toBe("2024-10-08");
  expect(addWorkingDays("2024-09-27", 7, AUTUMN)).toBe("2024-10-12");
  // without the calendar the same term is another
  expect(addWorkingDays("2024-09-27", 7, NONE)).toBe("2024-10-08");
});

test("a term that begins on a day off counts from the next working day", () => {
  expect(addWorkingDays("2024-10-05", 1, AUTUMN)).toBe("2024-10-08");
});

test.each([0, -1, 1.5, 251, Number.NaN])("a term of %p working days is refused", (count) => {
  expect(() => addWorkingDays("2024-01-01", count, NONE)).toThrow(RangeError);
});

const dates = fc.integer({ min: 0, max: 4_000 }).map((days) => plusDays("2018-01-01", days));
const exceptions = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.boolean()), { maxLength: 80 })
  .map((days) => (from: string) => new Map(days.map(([offset, working]) => [plusDays(from, offset), working])));

test("the end of a term is a working day, with exactly so many working days on the way", () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 1, max: 60 }), exceptions, (from, count, make) => {
      const calendar = make(from);
      const end = addWorkingDays(from, count, calendar);
      expect(isWorkingDay(end, calendar)).toBe(true);
      expect(workingDaysAfter(from, end, calendar)).toBe(count);
      expect(workingDaysAfter(from, plusDays(end, -1), calendar)).toBe(count - 1);
    }),
  );
});

/** Without exceptions, the count follows from whole weeks alone: an independent way to the same number. */
test("with the plain week, five working days are a calendar week", () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 1, max: 40 }), (from, weeks) => {
      const weekday = new Date(`${from}T00:00:00Z`).getUTCDay();
      const start = weekday === 6 ? plusDays(from, -1) : weekday === 0 ? plusDays(from, -2) : from;
      expect(addWorkingDays(from, 5 * weeks, NONE)).toBe(plusDays(start, 7 * weeks));
    }),
  );
});

test("what the law fixes by date is off before the year's calendar is on record, and what is on record comes first", () => {
  const days = withFixedDays("CN", new Map([["2027-01-01", true]]));
  expect(["2027-01-01", "2027-05-01", "2027-10-01", "2024-05-02", "2199-10-03"].map((day) => days.get(day))).toEqual([
    true,
    false,
    false,
    undefined,
    false,
  ]);
  expect(addWorkingDays("2027-09-30", 1, days)).toBe("2027-10-04");
  expect(addWorkingDays("2026-12-31", 1, withFixedDays("CN", NONE))).toBe("2027-01-04");
  expect(addWorkingDays("2026-09-25", 1, withFixedDays("TW", NONE))).toBe("2026-09-29");
});

test("a day of a calendar has a date that exists and a name", () => {
  expect(checkCalendarDay({ day: "2024-02-30", name: "" }).map(({ field, code }) => [field, code])).toEqual([
    ["day", "OUT_OF_RANGE"],
    ["name", "REQUIRED"],
  ]);
  expect(checkCalendarDay({ day: "2024-10-01", name: "国庆节" })).toEqual([]);
});
