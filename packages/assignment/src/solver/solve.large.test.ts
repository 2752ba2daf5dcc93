import loadHighs from "highs";
import { solveAssignment } from "..";
import { flawsOf } from "../testing/certificate";
import { asLinearProgramme } from "../testing/linear-programme";
import { type LargeShape, largeInstance } from "../testing/instances";

const one = () => 1;
const upToTen: LargeShape["capacity"] = (random) => 1 + random(10);
const base = { size: 300, candidates: 12 };

const shapes: Record<string, LargeShape> = {
  "all scores equal": { ...base, capacity: one, score: () => 7 },
  "few different scores": { ...base, capacity: one, score: (random) => random(5) },
  "random scores": { ...base, capacity: one, score: (random) => random(1_000_001) },
  "some scores negative": { ...base, capacity: upToTen, score: (random) => random(1001) - 500 },
  "capacities up to ten": { ...base, capacity: upToTen, score: (random) => random(1_000_001) },
  "capacities and limits": {
    ...base,
    capacity: upToTen,
    score: (random) => random(100),
    limit: (random) => (random(3) === 0 ? undefined : random(4)),
  },
  "everyone wants the same fifteen": { ...base, wanted: 15, capacity: upToTen, score: (random) => random(1_000_001) },
  "scores that are products": { ...base, capacity: one, score: (_, left, right) => (left + 1) * (right + 1) },
};

describe.each(Object.entries(shapes))("300 x 300: %s", (_, shape) => {
  test("has the value that HiGHS finds, and prices that prove it", async () => {
    const instance = largeInstance(shape);
    const solution = solveAssignment(instance);
    expect(flawsOf(instance, solution)).toEqual([]);
    const independent = (await loadHighs()).solve(asLinearProgramme(instance));
    expect(independent.Status).toBe("Optimal");
    expect(solution.value).toBe(Math.round(independent.ObjectiveValue));
    expect(solution.value).toBeGreaterThan(0);
  });
});

test.each(Object.entries(shapes))("2,000 x 2,000, reversed: %s", (_, shape) => {
  const instance = largeInstance({ ...shape, size: 2000 });
  const solution = solveAssignment(instance);
  expect(flawsOf(instance, solution)).toEqual([]);
  const reversed = { left: instance.left.toReversed(), right: instance.right.toReversed(), edges: instance.edges.toReversed() };
  expect(solveAssignment(reversed)).toEqual(solution);
});
