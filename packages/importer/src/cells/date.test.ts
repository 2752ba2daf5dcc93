import fc from "fast-check";
import { excelSerial, instantIn, isTimeZone, type LocalDate, parseExactDate, parseExactInstant, serialOf } from "./date";

const value = (outcome: { ok: boolean; value?: unknown; code?: string }) => (outcome.ok ? outcome.value : outcome.code);

describe("parseExactDate", () => {
  it.each([
    ["2024-04-08", "2024-04-08"],
    ["2024/4/8", "2024-04-08"],
    ["2024.4.8", "2024-04-08"],
    ["20240408", "2024-04-08"],
    ["2024年4月8日", "2024-04-08"],
    ["２０２４年４月８日", "2024-04-08"],
    ["民国113年4月8日", "2024-04-08"],
    ["中華民國113年4月8日", "2024-04-08"],
    ["民國113/4/8", "2024-04-08"],
    ["45390", "2024-04-08"],
    ["2024-04-08 00:00:00", "2024-04-08"],
    ["2024-04-08T00:00", "2024-04-08"],
    ["2024-02-29", "2024-02-29"],
    ["2023-02-29", "IMPOSSIBLE_DATE"],
    ["2024-13-01", "IMPOSSIBLE_DATE"],
    ["2024年2月30日", "IMPOSSIBLE_DATE"],
    ["2024-00-10", "IMPOSSIBLE_DATE"],
    ["4/8/2024", "AMBIGUOUS_DATE"],
    ["08-04-24", "AMBIGUOUS_DATE"],
    ["2024", "NOT_A_DATE"],
    ["2024年4月", "NOT_A_DATE"],
    ["113年4月8日", "NOT_A_DATE"],
    ["2024-04-081", "NOT_A_DATE"],
    ["2024-04/08", "NOT_A_DATE"],
    ["2024-04-08 14:00", "DATE_HAS_TIME"],
    ["45390.5", "DATE_HAS_TIME"],
    ["1024-04-08", "DATE_OUT_OF_RANGE"],
    ["9999-04-08", "DATE_OUT_OF_RANGE"],
    ["明年", "NOT_A_DATE"],
  ])("%s is %s", (text, expected) => expect(value(parseExactDate(text))).toBe(expected));

  it("reads every day back from its written forms and its day number", () => {
    const day = fc.integer({ min: 20_000, max: 73_000 });
    fc.assert(
      fc.property(day, (serial) => {
        const outcome = excelSerial(serial);
        if (!outcome.ok) throw new Error(outcome.code);
        const { date } = outcome.value;
        const [year, month, dayOfMonth] = date.split("-").map(Number) as [number, number, number];
        expect(serialOf(date)).toBe(serial);
        const forms = [date, String(serial), `${year}/${month}/${dayOfMonth}`, `民国${year - 1911}年${month}月${dayOfMonth}日`];
        for (const form of forms) expect(value(parseExactDate(form))).toBe(date);
      }),
    );
  });

  it("knows the day Excel made up and both of its calendars", () => {
    expect(value(excelSerial(60))).toBe("IMPOSSIBLE_DATE");
    expect(value(excelSerial(59))).toMatchObject({ date: "1900-02-28" });
    expect(value(excelSerial(61))).toMatchObject({ date: "1900-03-01" });
    expect(value(excelSerial(45390 - 1462, { date1904: true }))).toMatchObject({ date: "2024-04-08" });
  });
});

describe("parseExactInstant", () => {
  const zone = "Asia/Shanghai";

  it.each([
    ["2024-04-08T14:00:00+08:00", "2024-04-08T06:00:00.000Z"],
    ["2024-04-08T14:00:00+0800", "2024-04-08T06:00:00.000Z"],
    ["2024-04-08T06:00:00.250Z", "2024-04-08T06:00:00.250Z"],
    ["2024-04-08T23:00-05:00", "2024-04-09T04:00:00.000Z"],
    ["2024-04-08 14:00", "2024-04-08T06:00:00.000Z"],
    ["2024/4/8 14:30:15", "2024-04-08T06:30:15.000Z"],
    ["2024年4月8日14时30分", "2024-04-08T06:30:00.000Z"],
    ["2024年4月8日下午2点半", "2024-04-08T06:30:00.000Z"],
    ["2024年4月8日 上午9:05", "2024-04-08T01:05:00.000Z"],
    ["2024年4月8日中午12点", "2024-04-08T04:00:00.000Z"],
    ["45390.5", "2024-04-08T04:00:00.000Z"],
    ["2024-04-08", "NO_TIME"],
    ["45390", "NO_TIME"],
    ["2024-04-08 25:00", "IMPOSSIBLE_DATE"],
    ["2024-04-08 14:60", "IMPOSSIBLE_DATE"],
    ["2024-02-30 14:00", "IMPOSSIBLE_DATE"],
    ["2024-04-08 下午", "NOT_A_DATE"],
    ["2024-04-08T14:00+99:00", "IMPOSSIBLE_DATE"],
  ])("%s is %s", (text, expected) => expect(value(parseExactInstant(text, { zone }))).toBe(expected));

  it("refuses the hour that clocks skip and takes the earlier of two", () => {
    const zoneWithSummer = "Europe/Berlin";
    expect(value(parseExactInstant("2024-03-31 02:30", { zone: zoneWithSummer }))).toBe("IMPOSSIBLE_DATE");
    expect(value(parseExactInstant("2024-10-27 02:30", { zone: zoneWithSummer }))).toBe("2024-10-27T00:30:00.000Z");
  });

  it("shows on the zone's clock what was written", () => {
    const zones = fc.constantFrom("Asia/Shanghai", "Asia/Taipei", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC");
    const minute = fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2090, 0, 1) / 60_000 });
    fc.assert(
      fc.property(minute, zones, (minutes, name) => {
        const wall = new Date(minutes * 60_000).toISOString();
        const outcome = instantIn(wall.slice(0, 10) as LocalDate, wall.slice(11, 19), 0, name);
        if (!outcome.ok) return;
        const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: name, dateStyle: "short", timeStyle: "medium" });
        expect(clock.format(new Date(outcome.value))).toBe(wall.slice(0, 19).replace("T", " "));
      }),
    );
  });
});

it("knows the names of time zones", () => {
  expect(["Asia/Shanghai", "UTC", "America/Argentina/Buenos_Aires"].map(isTimeZone)).toEqual([true, true, true]);
  expect(["+08:00", "北京", "Asia/Nowhere", ""].map(isTimeZone)).toEqual([false, false, false, false]);
});
