import fc from "fast-check";
import { ethnicGroupsOf, precisionOfSum, sumOf } from "./statistics.rules";

const none = { sum: null, communities: 0, about: null, over: null, earliestAsOf: null, latestAsOf: null };

test("a sum is as exact as the least exact of its figures", () => {
  expect(sumOf(none)).toEqual({ sum: null, precision: null, communities: 0, earliestAsOf: null, latestAsOf: null });
  expect(precisionOfSum({ communities: 2, about: false, over: false })).toBe("EXACT");
  expect(precisionOfSum({ communities: 2, about: false, over: true })).toBe("OVER");
  expect(precisionOfSum({ communities: 2, about: true, over: true })).toBe("ABOUT");
});

test("of 18 and 8 groups there are at least 18, of 6 and 7 named ones at least those that differ", () => {
  expect(ethnicGroupsOf([], null, 0)).toEqual({ atLeast: null, named: [], communities: 0 });
  expect(ethnicGroupsOf([1, 4, 1], 18, 2).atLeast).toBe(18);
  const { atLeast, named } = ethnicGroupsOf([7, 1, 4, 7], 2, 2);
  expect(atLeast).toBe(3);
  expect(named.map(({ name }) => name)).toEqual(["汉", "藏", "彝"]);
});

const codes = fc.uniqueArray(fc.integer({ min: 1, max: 56 }), { maxLength: 20 });

test("never more than there are: whatever a community counts without naming, the bound holds", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ all: codes, shown: fc.integer({ min: 0, max: 20 }), counted: fc.boolean() }), { maxLength: 6 }),
      (communities) => {
        const named = communities.flatMap(({ all, shown }) => all.slice(0, shown));
        const highest = communities.reduce<number | null>(
          (most, { all, counted }) => (counted && all.length > 0 ? Math.max(most ?? 0, all.length) : most),
          null,
        );
        const truth = new Set(communities.flatMap(({ all }) => all)).size;
        const { atLeast } = ethnicGroupsOf(named, highest, communities.length);
        expect(atLeast ?? 0).toBeLessThanOrEqual(truth);
        if (communities.every(({ all, shown }) => shown >= all.length)) expect(atLeast ?? 0).toBe(truth);
      },
    ),
  );
});
