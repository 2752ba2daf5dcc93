import fc from "fast-check";
import { checkHours, DAYS, formatHours, isOpenAt, parseHours, type Day, type OpeningPeriod } from "./opening-hours";

const codes = (...rules: string[]) => checkHours(rules).map(({ field, code }) => `${field} ${code}`);

test.each([
  ["Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00"],
  ["周一至周五 9:00-17:00", "Mo-Fr 09:00-17:00"],
  ["星期六、星期日 10:00至16:00", "Sa,Su 10:00-16:00"],
  ["週末 １０：００－１６：００", "Sa,Su 10:00-16:00"],
  ["工作日 08:30~12:00", "Mo-Fr 08:30-12:00"],
  ["每天 00:00-24:00", "Mo-Su 00:00-24:00"],
  ["每天 20:00-00:00", "Mo-Su 20:00-24:00"],
  ["Fr-Mo 20:00-02:00", "Mo,Fr-Su 20:00-02:00"],
  ["mon,wed,fri 9:00-10:00", "Mo,We,Fr 09:00-10:00"],
])("%s is stored as %s", (text, stored) => expect(formatHours(parseHours(text)!)).toBe(stored));

test.each([
  "",
  "09:00-17:00",
  "Mo 9-17",
  "Mo 25:00-26:00",
  "Mo 09:60-10:00",
  "Xx 09:00-10:00",
  "Mo 09:00-09:00",
  "Mo 10:00-24:01",
  "Mo-We-Fr 09:00-10:00",
])("%j is no time of the week", (text) => {
  expect(parseHours(text)).toBeNull();
  expect(codes(text)).toEqual(["openingHours.0 MALFORMED"]);
});

test("what overlaps, also past midnight and over the end of the week, is refused; what touches is not", () => {
  expect(codes("Mo-Fr 09:00-12:00", "Mo-Fr 12:00-17:00")).toEqual([]);
  expect(codes("Mo-Fr 09:00-12:00", "Fr 11:59-13:00")).toEqual(["openingHours.1 OVERLAPS"]);
  expect(codes("Su 22:00-02:00", "Mo 01:00-03:00")).toEqual(["openingHours.1 OVERLAPS"]);
  expect(codes("Su 22:00-02:00", "Mo 02:00-03:00")).toEqual([]);
  expect(codes("Mo 08:00-20:00", "Mo 09:00-10:00", "Mo 19:00-21:00")).toEqual(["openingHours.1 OVERLAPS", "openingHours.2 OVERLAPS"]);
  expect(checkHours(Array.from({ length: 22 }, () => "Mo 01:00-02:00"))).toMatchObject([{ code: "TOO_MANY" }]);
});

const time = (least: number, most: number) =>
  fc
    .integer({ min: least, max: most })
    .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`);
const period: fc.Arbitrary<OpeningPeriod> = fc
  .record({ days: fc.subarray([...DAYS], { minLength: 1 }), opens: time(0, 1439), closes: time(1, 1440) })
  .filter(({ opens, closes }) => opens !== closes);

test("a rule that is written is read again as the same", () =>
  fc.assert(fc.property(period, (given) => expect(parseHours(formatHours(given))).toEqual(given))));

/** Walks back from the instant minute by minute: open when the last thing that happened was an opening. */
function walked(periods: readonly OpeningPeriod[], at: Date): boolean {
  const local = new Date(at.getTime() + 8 * 3_600_000);
  const clock = (date: Date) => date.toISOString().slice(11, 16);
  const day = (date: Date): Day => DAYS[(date.getUTCDay() + 6) % 7]!;
  return periods.some(({ days, opens, closes }) => {
    const long =
      ((Number(closes.slice(0, 2)) - Number(opens.slice(0, 2))) * 60 + Number(closes.slice(3)) - Number(opens.slice(3)) + 1440) % 1440 ||
      1440;
    for (let back = 0; back < long; back++) {
      const then = new Date(local.getTime() - back * 60_000);
      if (clock(then) === opens && days.includes(day(then))) return true;
    }
    return false;
  });
}

test("a place is open from the minute that it opens to the one before it closes, as walking the minutes says", () => {
  fc.assert(
    fc.property(
      fc.array(period, { minLength: 1, maxLength: 3 }),
      fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
      (periods, at) => {
        for (const zone of ["Asia/Shanghai", "Asia/Taipei"]) expect(isOpenAt(periods, at, zone)).toBe(walked(periods, at));
      },
    ),
    { numRuns: 150 },
  );
  expect(isOpenAt([], new Date(), "Asia/Shanghai")).toBeNull();
});
