import fc from "fast-check";
import { type AssignmentInstance, type NodeId, solveAssignment } from "..";
import { flawsOf } from "../testing/certificate";
import { bruteForce, smallInstance } from "../testing/instances";

const unitsOf = (instance: AssignmentInstance) => solveAssignment(instance).pairs.reduce((sum, [, , units]) => sum + units, 0);

const withCapacity = (instance: AssignmentInstance, side: "left" | "right", id: NodeId, by: number): AssignmentInstance => ({
  ...instance,
  [side]: instance[side].map((node) => (node.id === id ? { id, capacity: node.capacity + by } : node)),
});

test("has the value and the units of brute force, and prices that prove it", () => {
  fc.assert(
    fc.property(smallInstance, (instance) => {
      const solution = solveAssignment(instance);
      expect(flawsOf(instance, solution)).toEqual([]);
      expect({ value: solution.value, units: unitsOf(instance) }).toEqual(bruteForce(instance));
    }),
    { numRuns: 2000 },
  );
});

test("answers the same however nodes and edges are listed", () => {
  const shuffled = smallInstance.chain((instance) =>
    fc.record({
      instance: fc.constant(instance),
      left: fc.shuffledSubarray([...instance.left], { minLength: instance.left.length }),
      right: fc.shuffledSubarray([...instance.right], { minLength: instance.right.length }),
      edges: fc.shuffledSubarray([...instance.edges], { minLength: instance.edges.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ instance, left, right, edges }) => {
      expect(solveAssignment({ left, right, edges })).toEqual(solveAssignment(instance));
    }),
    { numRuns: 1000 },
  );
});

test("a right price is what one more unit adds; a left price what one unit less takes away", () => {
  fc.assert(
    fc.property(smallInstance, (instance) => {
      const { value, prices } = solveAssignment(instance);
      for (const [id, price] of prices.right) expect(solveAssignment(withCapacity(instance, "right", id, 1)).value - value).toBe(price);
      for (const [id, price] of prices.left) {
        if (instance.left.find((node) => node.id === id)!.capacity === 0) continue;
        expect(value - solveAssignment(withCapacity(instance, "left", id, -1)).value).toBe(price);
      }
    }),
    { numRuns: 500 },
  );
});

test("takes the pair of lower scores that is worth more together", () => {
  const instance: AssignmentInstance = {
    left: [
      { id: "a", capacity: 1 },
      { id: "b", capacity: 1 },
    ],
    right: [
      { id: "x", capacity: 1 },
      { id: "y", capacity: 1 },
    ],
    edges: [
      ["a", "x", 10],
      ["a", "y", 8],
      ["b", "x", 9],
    ],
  };
  expect(solveAssignment(instance)).toEqual({
    pairs: [
      ["a", "y", 1],
      ["b", "x", 1],
    ],
    value: 17,
    prices: {
      left: [
        ["a", 8],
        ["b", 7],
      ],
      right: [
        ["x", 2],
        ["y", 0],
      ],
    },
  });
});

test("uses score 0, never a negative one, and no edge beyond its limit", () => {
  const instance: AssignmentInstance = {
    left: [{ id: 1, capacity: 5 }],
    right: [
      { id: 1, capacity: 9 },
      { id: 2, capacity: 9 },
      { id: 3, capacity: 9 },
    ],
    edges: [
      [1, 1, 7, 2],
      [1, 2, 0, 1],
      [1, 3, -1],
    ],
  };
  expect(solveAssignment(instance)).toMatchObject({
    pairs: [
      [1, 1, 2],
      [1, 2, 1],
    ],
    value: 14,
  });
});

test("an empty instance is worth nothing", () => {
  expect(solveAssignment({ left: [], right: [], edges: [] })).toEqual({ pairs: [], value: 0, prices: { left: [], right: [] } });
});

test("orders integers by size before texts by code units, and keeps 1 apart from the text 1", () => {
  const ids: NodeId[] = ["b", "1", 10, "a", 1, 9, "B"];
  const { prices } = solveAssignment({ left: ids.map((id) => ({ id, capacity: 0 })), right: [], edges: [] });
  expect(prices.left.map(([id]) => id)).toEqual([1, 9, 10, "1", "B", "a", "b"]);
});

test("stays exact with values just below 2^53", () => {
  const score = 2 ** 45 - 1;
  const instance: AssignmentInstance = {
    left: [{ id: 1, capacity: 256 }],
    right: [
      { id: 1, capacity: 100 },
      { id: 2, capacity: 200 },
    ],
    edges: [
      [1, 1, score],
      [1, 2, score - 1],
    ],
  };
  const solution = solveAssignment(instance);
  expect(BigInt(solution.value)).toBe(100n * BigInt(score) + 156n * BigInt(score - 1));
  expect(flawsOf(instance, solution)).toEqual([]);
});
