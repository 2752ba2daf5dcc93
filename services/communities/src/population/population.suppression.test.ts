import fc from "fast-check";
import { leftOut, type CountedGroup } from "./population.suppression";

const table = (...counts: (number | null)[]): CountedGroup[] => counts.map((count, index) => ({ code: index + 1, count }));
const out = (counts: readonly (number | null)[], before: readonly number[] = []): number[] =>
  [...leftOut(table(...counts), new Set(before))].sort((a, b) => a - b);

test("counts of 1 to 9 are left out, and one of ten or more with them", () => {
  expect(out([20_000, 300, 45, 3])).toEqual([3, 4]);
  expect(out([20_000, 300, 45, 3, 9])).toEqual([3, 4, 5]);
  expect(out([20_000, 300, 10, 0, null])).toEqual([]);
  expect(out([20_000, 5])).toEqual([1, 2]);
  expect(out([5])).toEqual([1]);
  expect(out([5, null])).toEqual([1]);
});

test("where the smallest of the others is too small, or too near to the next, no count is shown", () => {
  // together 12: the small one could have 2 at most
  expect(out([20_000, 300, 11, 1])).toEqual([1, 2, 3, 4]);
  // together 22, and the larger is at most 20: the small one has 2 at least
  expect(out([20_000, 20, 19, 3])).toEqual([1, 2, 3, 4]);
  // were the small one 1, the larger would be 21, and of two with 21 the first would be taken
  expect(out([20_000, 21, 19, 3])).toEqual([1, 2, 3, 4]);
  expect(out([20_000, 22, 19, 3])).toEqual([3, 4]);
});

test("what was left out once stays out, and takes up what the small ones may have", () => {
  expect(out([20_000, 300, 45, 12], [3, 4])).toEqual([3, 4]);
  expect(out([20_000, 300, 45, 3], [2, 4])).toEqual([2, 4]);
  expect(out([20_000, 300, 45, 3, 15], [4, 5])).toEqual([1, 2, 3, 4, 5]);
  expect(out([20_000, 300, 45, 3], [4])).toEqual([3, 4]);
});

/** All ways to give `total` people to some groups, one at least to each. */
function* shares(total: number, groups: number): Generator<number[]> {
  if (groups === 1) yield [total];
  else
    for (let first = 1; first <= total - groups + 1; first++) for (const rest of shares(total - first, groups - 1)) yield [first, ...rest];
}

type Rule = (counts: readonly number[], before: readonly number[]) => number[];

/**
 * What somebody can work out who knows this rule, the residents, every count that is shown and which are left out on this day and before:
 * for each group that is left out the counts that would have been published in the same way.
 */
function possible(counts: readonly number[], before: readonly number[], rule: Rule = out): Map<number, Set<number>> {
  const hidden = rule(counts, before);
  const total = hidden.reduce((sum, code) => sum + counts[code - 1]!, 0);
  const found = new Map(hidden.map((code) => [code, new Set<number>()]));
  for (const share of hidden.length === 0 ? [] : shares(total, hidden.length)) {
    const other = counts.map((count, index) => (found.has(index + 1) ? share[hidden.indexOf(index + 1)]! : count));
    if (rule(other, before).join() !== hidden.join()) continue;
    for (const [at, code] of hidden.entries()) found.get(code)!.add(share[at]!);
  }
  return found;
}

const SMALL = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const anyTable = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 34 })), { minLength: 2, maxLength: 4 })
  .chain((counts) =>
    fc.record({
      // the largest group brings the residents to a hundred at least: below that nothing is said at all
      counts: fc.constant([...counts, Math.max(10, 100 - counts.reduce((sum, count) => sum + count, 0))]),
      before: fc.subarray(counts.map((_, index) => index + 1)),
    }),
  )
  .filter(({ counts, before }) => {
    const hidden = out(counts, before);
    const total = hidden.reduce((sum, code) => sum + counts[code - 1]!, 0);
    return hidden.length <= 3 || (hidden.length === 4 && total <= 60);
  });

test("of a small count nothing can be worked out: each from 1 to 9 would have been published in the same way", () => {
  fc.assert(
    fc.property(anyTable, ({ counts, before }) => {
      const found = possible(counts, before);
      counts.forEach((count, index) => {
        if (count < 10) expect([index + 1, SMALL.filter((each) => !found.get(index + 1)?.has(each))]).toEqual([index + 1, []]);
      });
    }),
    { numRuns: 200 },
  );
}, 60_000);

test("what was left out before stays out, and of the small nothing is shown", () => {
  fc.assert(
    fc.property(anyTable, ({ counts, before }) => {
      const now = out(counts, before);
      for (const code of before) expect(now).toContain(code);
      counts.forEach((count, index) => {
        if (count < 10) expect(now).toContain(index + 1);
      });
    }),
  );
});

test("the attack works: of a rule that takes the two smallest groups it finds what they have", () => {
  const twoSmallest: Rule = (counts) =>
    counts
      .map((count, index) => ({ count, code: index + 1 }))
      .sort((a, b) => a.count - b.count || a.code - b.code)
      .slice(0, 2)
      .map(({ code }) => code)
      .sort((a, b) => a - b);
  expect(possible([88, 12, 11, 1], [], twoSmallest).get(4)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
  expect(possible([88, 12, 2, 2], [], twoSmallest).get(4)).toEqual(new Set([1, 2, 3]));
});
