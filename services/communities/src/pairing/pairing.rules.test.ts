import { PAIRING_STATES } from "@gongjian/entities-communities";
import fc from "fast-check";
import { checkPairing, checkParties, daysBetween, isHeld, nextStates, owedVisits, type Visit } from "./pairing.rules";

test("what is over goes nowhere, and everything can come to its end", () => {
  for (const state of PAIRING_STATES) {
    const over = state === "ENDED" || state === "RENEWED";
    expect(nextStates(state).length === 0).toBe(over);
    expect(nextStates(state).includes("ENDED")).toBe(!over);
    expect(nextStates(state).includes("PROPOSED")).toBe(false);
    expect(nextStates(state).includes("RENEWED")).toBe(isHeld(state));
  }
  expect(nextStates("PROPOSED")).toEqual(["SIGNED", "ENDED"]);
});

test.each([
  [["a"], [1], ["TOO_FEW"]],
  [["a", "b"], [1, null], []],
  [["a", "a"], [1, 2], ["DUPLICATE_KEY"]],
  [["a", "b"], [0, 1], ["OUT_OF_RANGE"]],
  [["a", "b"], [10, 1], ["OUT_OF_RANGE"]],
  [Array.from({ length: 100 }, (_, index) => `p${index}`), [1], []],
  [Array.from({ length: 101 }, (_, index) => `p${index}`), [1], ["TOO_MANY"]],
])("parties %j of sides %j: %j", (places, sides, codes) => {
  expect(checkParties(places, sides).map(({ code }) => code)).toEqual(codes);
});

test("a term does not end before it begins", () => {
  const codes = (endsOn: string) => checkPairing({ name: "结对", signedOn: "2024-04-06", endsOn }).map(({ code }) => code);
  expect(codes("2024-04-05")).toEqual(["PERIOD_REVERSED"]);
  expect(codes("2024-04-06")).toEqual([]);
});

test("the host owes a return, and a later visit the other way pays it, the earliest first", () => {
  const visits = [
    { fromId: "taipei", toId: "beijing", onDate: "2016-04-22" },
    { fromId: "taipei", toId: "beijing", onDate: "2017-04-22" },
    { fromId: "beijing", toId: "taipei", onDate: "2016-10-01" },
  ];
  expect(owedVisits(visits, "2017-05-02")).toEqual([
    { visitorId: "taipei", hostId: "beijing", made: 2, returned: 1, owed: 1, waitingSince: "2017-04-22", waitingDays: 10 },
  ]);
});

const day = fc.integer({ min: 0, max: 400 }).map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10));
const visit = fc
  .record({ fromId: fc.constantFrom("a", "b", "c"), toId: fc.constantFrom("a", "b", "c"), onDate: day })
  .filter(({ fromId, toId }) => fromId !== toId);

/** Another reckoning: how far one side is ahead, day by day, is what the other owes. */
function balance(visits: readonly Visit[], one: string, other: string): number {
  const between = visits.filter((v) => (v.fromId === one && v.toId === other) || (v.fromId === other && v.toId === one));
  return between.reduce((sum, v) => sum + (v.fromId === one ? 1 : -1), 0);
}

test("what is owed is the difference of the visits made, and never both ways", () => {
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 30 }), (visits) => {
      const owed = owedVisits(visits, "2022-01-01");
      for (const [one, other] of [
        ["a", "b"],
        ["a", "c"],
        ["b", "c"],
      ] as const) {
        const found = owed.filter((row) => [row.visitorId, row.hostId].sort().join() === [one, other].join());
        const ahead = balance(visits, one, other);
        if (ahead === 0) expect(found).toEqual([]);
        else {
          expect(found).toHaveLength(1);
          expect(found[0]!.owed).toBe(Math.abs(ahead));
          expect(found[0]!.visitorId).toBe(ahead > 0 ? one : other);
          expect(found[0]!.made - found[0]!.returned).toBe(found[0]!.owed);
          expect(found[0]!.waitingDays).toBe(daysBetween(found[0]!.waitingSince, "2022-01-01"));
        }
      }
      expect(owedVisits([...visits].reverse(), "2022-01-01")).toEqual(owed);
    }),
  );
});
