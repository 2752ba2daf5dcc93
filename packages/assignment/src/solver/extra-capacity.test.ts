import fc from "fast-check";
import { smallInstance } from "../testing/instances";
import { ExtraCapacity } from "./extra-capacity";
import { type CompiledInstance, compileInstance } from "./instance";
import { solveCompiled } from "./solve";

/** The same instance with one more unit at a right node, and scores in which this left node's units break every tie. */
function favouring({ leftIds, rightIds, network }: CompiledInstance, left: number, right: number | null): CompiledInstance {
  const scale = 1_000;
  const rightCapacity = network.rightCapacity.map((units, j) => (j === right ? units + 1 : units));
  const edgeScore = network.edgeScore.map((score, e) => score * scale + (network.edgeLeft[e] === left ? 1 : 0));
  return { leftIds, rightIds, network: { ...network, rightCapacity, edgeScore } };
}

const unitsOf = (compiled: CompiledInstance, left: number) => {
  const { units } = solveCompiled(compiled).flow;
  return units.reduce((sum, n, e) => (compiled.network.edgeLeft[e] === left ? sum + n : sum), 0);
};

test("names exactly the right nodes whose next unit can serve the left node in an optimal assignment", () => {
  let named = 0;
  let refused = 0;
  fc.assert(
    fc.property(smallInstance, (instance) => {
      const compiled = compileInstance(instance);
      const { flow, prices } = solveCompiled(compiled);
      const extra = new ExtraCapacity(compiled.network, flow, prices);
      for (let left = 0; left < compiled.leftIds.length; left++) {
        const before = flow.units.reduce((sum, n, e) => (compiled.network.edgeLeft[e] === left ? sum + n : sum), 0);
        if (before === compiled.network.leftCapacity[left]) continue;
        const most = unitsOf(favouring(compiled, left, null), left);
        const found = extra.rightsThatServe(left, 100);
        for (let right = 0; right < compiled.rightIds.length; right++) {
          // A tie may have left the node out although no unit is missing; an extra unit can then only add to what it could have.
          const gains = unitsOf(favouring(compiled, left, right), left) > most;
          if (found.includes(right)) named++;
          else refused++;
          if (found.includes(right)) expect(unitsOf(favouring(compiled, left, right), left)).toBeGreaterThan(before);
          else expect(gains).toBe(false);
        }
      }
    }),
    { numRuns: 1000 },
  );
  expect(named).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
});

test("finds the offer that serves over a chain, and not more than asked for", () => {
  const compiled = compileInstance({
    left: [
      { id: "a", capacity: 1 },
      { id: "b", capacity: 1 },
    ],
    right: [
      { id: "x", capacity: 1 },
      { id: "y", capacity: 0 },
    ],
    edges: [
      ["a", "x", 10],
      ["a", "y", 9],
      ["b", "x", 8],
    ],
  });
  const { flow, prices } = solveCompiled(compiled);
  const extra = new ExtraCapacity(compiled.network, flow, prices);
  expect(extra.rightsThatServe(1, 5)).toEqual([0, 1]);
  expect(extra.rightsThatServe(1, 1)).toEqual([0]);
  expect(extra.rightsThatServe(1, 0)).toEqual([]);
});
