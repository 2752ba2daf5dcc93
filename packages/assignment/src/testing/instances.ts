import fc from "fast-check";
import type { AssignmentEdge, AssignmentInstance, AssignmentNode, NodeId } from "..";

/** Small instances with ties, zero capacities, negative scores, limits and both kinds of ids: brute force can finish them. */
export const smallInstance: fc.Arbitrary<AssignmentInstance> = fc
  .record({
    left: fc.array(fc.nat(3), { maxLength: 4 }),
    right: fc.array(fc.nat(3), { maxLength: 4 }),
    scores: fc.array(fc.oneof(fc.integer({ min: -2, max: 4 }), fc.integer({ min: -50, max: 1000 })), { minLength: 16, maxLength: 16 }),
    limits: fc.array(fc.option(fc.nat(3), { nil: undefined, freq: 2 }), { minLength: 16, maxLength: 16 }),
    present: fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
  })
  .map(({ left, right, scores, limits, present }) => {
    const edges: AssignmentEdge[] = [];
    for (let i = 0; i < left.length; i++) {
      for (let j = 0; j < right.length; j++) {
        const k = 4 * i + j;
        if (!present[k] || edges.length >= 9) continue;
        const limit = limits[k];
        edges.push(limit === undefined ? [leftId(i), rightId(j), scores[k]!] : [leftId(i), rightId(j), scores[k]!, limit]);
      }
    }
    return { left: nodes(left, leftId), right: nodes(right, rightId), edges };
  });

const leftId = (i: number): NodeId => (i % 2 === 0 ? i : `${i}`);
const rightId = (j: number): NodeId => `r${j}`;
const nodes = (capacities: number[], id: (i: number) => NodeId): AssignmentNode[] =>
  capacities.map((capacity, i) => ({ id: id(i), capacity }));

/** Tries every assignment: the highest value, and the most units among those that have it. */
export function bruteForce({ left, right, edges }: AssignmentInstance): { value: number; units: number } {
  const leftRoom = new Map(left.map(({ id, capacity }) => [id, capacity]));
  const rightRoom = new Map(right.map(({ id, capacity }) => [id, capacity]));
  let best = { value: 0, units: 0 };
  const tryEdge = (at: number, value: number, units: number) => {
    if (value > best.value || (value === best.value && units > best.units)) best = { value, units };
    const edge = edges[at];
    if (edge === undefined) return;
    const [l, r, score, limit = Number.POSITIVE_INFINITY] = edge;
    const most = score < 0 ? 0 : Math.min(leftRoom.get(l)!, rightRoom.get(r)!, limit);
    for (let n = 0; n <= most; n++) {
      leftRoom.set(l, leftRoom.get(l)! - n);
      rightRoom.set(r, rightRoom.get(r)! - n);
      tryEdge(at + 1, value + n * score, units + n);
      leftRoom.set(l, leftRoom.get(l)! + n);
      rightRoom.set(r, rightRoom.get(r)! + n);
    }
  };
  tryEdge(0, 0, 0);
  return best;
}

/** A seeded generator of integers 0 <= n < bound (mulberry32), so that large instances are the same in every run. */
export function seeded(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * bound);
  };
}

export interface LargeShape {
  readonly size: number;
  readonly candidates: number;
  readonly capacity: (random: (bound: number) => number) => number;
  readonly score: (random: (bound: number) => number, left: number, right: number) => number;
  /** Right nodes that the candidates are drawn from; all by default. */
  readonly wanted?: number;
  readonly limit?: (random: (bound: number) => number) => number | undefined;
}

/** `size` x `size` nodes, each left node with `candidates` different right ones. */
export function largeInstance(shape: LargeShape, seed = 1): AssignmentInstance {
  const random = seeded(seed);
  const side = (name: string): AssignmentNode[] =>
    Array.from({ length: shape.size }, (_, i) => ({ id: `${name}${i}`, capacity: shape.capacity(random) }));
  const edges: AssignmentEdge[] = [];
  for (let i = 0; i < shape.size; i++) {
    const chosen = new Set<number>();
    while (chosen.size < shape.candidates) chosen.add(random(shape.wanted ?? shape.size));
    for (const j of chosen) {
      const limit = shape.limit?.(random);
      const score = shape.score(random, i, j);
      edges.push(limit === undefined ? [`n${i}`, `o${j}`, score] : [`n${i}`, `o${j}`, score, limit]);
    }
  }
  return { left: side("n"), right: side("o"), edges };
}
