import fc from "fast-check";
import { certainTerm, checkAppointment, overlap, statusOn, termOf, type Term } from "./appointment.rules";
import { partialDateOf, spanOf } from "./partial-date";

const DAY = 86_400_000;
const FIRST = Date.UTC(2015, 0, 1);
const dayAt = (index: number): string => new Date(FIRST + index * DAY).toISOString().slice(0, 10);
const day = fc.integer({ min: 0, max: 1500 }).map(dayAt);
const partial = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([text, length]) => text.slice(0, length));

describe("dates known to the year, the month or the day", () => {
  /** The oracle: all days whose text begins so. */
  const daysOf = (text: string): string[] =>
    Array.from({ length: 1900 }, (_, index) => dayAt(index)).filter((candidate) => candidate.startsWith(text));

  test("the span is from the first to the last of all days that begin so", () => {
    fc.assert(
      fc.property(partial, (text) => {
        const days = daysOf(text);
        expect(spanOf(text)).toEqual({ first: days[0], last: days.at(-1) });
      }),
    );
  });

  test("a span says again what it was read from", () => {
    fc.assert(
      fc.property(partial, (text) => {
        const { first, last } = spanOf(text)!;
        expect(partialDateOf(first, last)).toBe(text);
      }),
    );
  });

  test.each(["", "16", "2016-13", "2016-00", "2016-2", "2016-02-30", "0000", "2016-04-22T00:00", " 2016", "2016年"])("%j is none", (text) =>
    expect(spanOf(text)).toBeNull(),
  );

  test("February ends with the year that it is in", () => {
    expect(["2016-02", "2015-02", "1900-02", "2000-02"].map((text) => spanOf(text)!.last)).toEqual([
      "2016-02-29",
      "2015-02-28",
      "1900-02-28",
      "2000-02-29",
    ]);
  });
});

describe("terms", () => {
  const term: fc.Arbitrary<Term> = fc
    .record({
      startsOn: fc.option(partial),
      length: fc.option(fc.integer({ min: 0, max: 900 })),
      attestedOn: fc.option(day),
      revokedOn: fc.option(day),
    })
    .map(({ startsOn, length, attestedOn, revokedOn }) => {
      const from = startsOn ?? attestedOn ?? "2016-01-01";
      const endsOn = length === null ? null : new Date(Date.parse(spanOf(from)!.last) + length * DAY).toISOString().slice(0, 10);
      return { ...termOf({ startsOn, endsOn, attestedOn: startsOn === null ? (attestedOn ?? "2016-01-01") : null }), revokedOn };
    });

  /** The oracle, day by day: held for certain when it began on or before whatever day it may have begun, and had not ended. */
  const certainOn = (t: Term, on: string): boolean => {
    if (t.revokedOn !== null && on >= t.revokedOn) return false;
    if (t.endsFirst !== null && on > t.endsFirst) return false;
    return t.startsLast === null ? on === t.attestedOn : on >= t.startsLast;
  };
  const DAYS = Array.from({ length: 3000 }, (_, index) => dayAt(index));

  test("the certain term is the days that are certain", () => {
    fc.assert(
      fc.property(term, (t) => {
        const days = DAYS.filter((on) => certainOn(t, on));
        const range = certainTerm(t);
        expect(days[0] ?? null).toBe(range?.[0] ?? null);
        if (range && range[1] < DAYS.at(-1)!) expect(days.at(-1)).toBe(range[1]);
      }),
      { numRuns: 60 },
    );
  });

  test("two overlap when one day is certain of both, whichever is asked first", () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        const shared = DAYS.some((on) => certainOn(a, on) && certainOn(b, on));
        expect(overlap(a, b)).toBe(shared);
        expect(overlap(b, a)).toBe(shared);
      }),
      { numRuns: 60 },
    );
  });

  test("two terms known to the year may follow one another in it", () => {
    const of = (startsOn: string, endsOn: string | null) => ({ ...termOf({ startsOn, endsOn }), revokedOn: null });
    expect(overlap(of("2012", "2016"), of("2016", null))).toBe(false);
    expect(overlap(of("2012", "2016-05"), of("2016-05", null))).toBe(false);
    expect(overlap(of("2012", "2016-05"), of("2016-04", null))).toBe(true);
    expect(overlap(of("2012", "2016-05-01"), of("2016-05-01", null))).toBe(true);
    expect(overlap(of("2012", "2017"), of("2016", null))).toBe(true);
  });

  test.each([
    ["2016-04-22", null, null, null, "CURRENT"],
    ["2030", null, null, null, "UPCOMING"],
    ["2016", "2019", null, null, "EXPIRED"],
    ["2016", "2024", null, null, "CURRENT"],
    [null, null, "2022-06-10", null, "ATTESTED"],
    [null, null, "2024-04-02", null, "CURRENT"],
    ["2016", null, null, "2020-01-01", "REVOKED"],
    ["2016", null, null, "2024-04-03", "CURRENT"],
  ])("from %s to %s, attested %s, revoked %s: %s on 2024-04-02", (startsOn, endsOn, attestedOn, revokedOn, expected) => {
    expect(statusOn({ ...termOf({ startsOn, endsOn, attestedOn }), revokedOn }, "2024-04-02")).toBe(expected);
  });
});

test.each([
  [{ startsOn: "2016" }, []],
  [{}, ["startsOn REQUIRED"]],
  [{ startsOn: "2016-05", endsOn: "2016-04" }, ["endsOn PERIOD_REVERSED"]],
  [{ startsOn: "2016-05", endsOn: "2016" }, []],
  [{ startsOn: "2016-05", attestedOn: "2016-04-30" }, ["attestedOn OUT_OF_RANGE"]],
  [{ endsOn: "2016", attestedOn: "2017-01-01" }, ["attestedOn OUT_OF_RANGE"]],
  [{ startsOn: "2016", role: "LI_CHIEF" as const, atCommunity: false }, ["role NOT_ALLOWED"]],
  [{ startsOn: "2016", role: "TEAM_MEMBER" as const, published: true }, ["published NOT_ALLOWED"]],
  [{ startsOn: "2016", capacity: "长".repeat(101), expertise: [" "] }, ["capacity TOO_LONG", "expertise.0 REQUIRED"]],
])("%j: %j", (draft, expected) => {
  const problems = checkAppointment({ role: "ADVISER", atCommunity: true, ...draft });
  expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual(expected);
});
