import fc from "fast-check";
import { checkAdoption, checkEnd, overlap, type AdoptionTerm } from "./practice-adoption.rules";

const TODAY = "2024-04-08";
const party = (communityId: string | null, organisationId: string | null = null) => ({ communityId, organisationId });
const codes = (problems: { field: string; code: string }[]) => problems.map(({ field, code }) => `${field} ${code}`);

test("a practice is adopted by others than its holder, and not in the future", () => {
  expect(codes(checkAdoption(party("a"), party("b"), TODAY, TODAY))).toEqual([]);
  expect(codes(checkAdoption(party(null), party("b"), TODAY, TODAY))).toEqual([]);
  expect(codes(checkAdoption(party("a"), party("a"), "2024-04-09", TODAY))).toEqual(["practiceId SAME_RECORD", "since IN_FUTURE"]);
  expect(codes(checkAdoption(party(null, "o"), party(null, "o"), TODAY, TODAY))).toEqual(["practiceId SAME_RECORD"]);
});

test("an adoption ends when it has begun, and not in the future", () => {
  expect(codes(checkEnd({ since: TODAY, endedOn: null }, TODAY))).toEqual([]);
  expect(codes(checkEnd({ since: TODAY, endedOn: TODAY }, TODAY))).toEqual([]);
  expect(codes(checkEnd({ since: TODAY, endedOn: "2024-04-07" }, TODAY))).toEqual(["endedOn PERIOD_REVERSED"]);
  expect(codes(checkEnd({ since: TODAY, endedOn: "2024-04-09" }, TODAY))).toEqual(["endedOn IN_FUTURE"]);
});

test("two terms overlap when some day belongs to both", () => {
  const day = (at: number) => `2024-01-${String(at).padStart(2, "0")}`;
  const term = fc
    .record({ from: fc.integer({ min: 1, max: 12 }), days: fc.option(fc.integer({ min: 1, max: 6 })) })
    .map(({ from, days }): AdoptionTerm => ({ since: day(from), endedOn: days === null ? null : day(from + days) }));
  const days = ({ since, endedOn }: AdoptionTerm) =>
    Array.from({ length: 31 }, (_, at) => day(at + 1)).filter((each) => each >= since && (endedOn === null || each < endedOn));
  fc.assert(
    fc.property(term, term, (a, b) => {
      expect(overlap(a, b)).toBe(days(a).some((each) => days(b).includes(each)));
      expect(overlap(b, a)).toBe(overlap(a, b));
    }),
  );
});
