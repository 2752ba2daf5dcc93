import { MinHeap } from "./min-heap";
import type { Flow, Network } from "./network";
import { Residual } from "./residual";

/** Dual prices by node position, integers >= 0. */
export interface NodePrices {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/**
 * The optimal dual solution with the lowest right prices and, with them, the highest left prices: optimal prices form a lattice
 * (Shapley and Shubik, "The assignment game I: the core", International Journal of Game Theory 1, 1971). It does not depend on
 * which optimal flow was found. A right node's price is exactly what one more unit of its capacity would add to the value; a
 * left node's is exactly what one unit less of its capacity would take away.
 *
 * Prices are the distances from the root over the residual arcs, by one run of Dijkstra's algorithm on lengths reduced by the
 * simplex potentials (Edmonds and Karp, Journal of the ACM 19, 1972). A node without capacity is priced by its best edge.
 */
export function lowestRightPrices(network: Network, flow: Flow): NodePrices {
  const { leftCapacity, rightCapacity, edgeLeft, edgeRight, edgeScore } = network;
  const leftCount = leftCapacity.length;
  const distance = distancesFromRoot(network, flow);
  const price = (node: number, sign: 1 | -1) => (Number.isFinite(distance[node]) ? Math.max(0, sign * distance[node]!) : 0);
  const left = Float64Array.from(leftCapacity, (_, i) => price(i, 1));
  const right = Float64Array.from(rightCapacity, (_, j) => price(leftCount + j, -1));
  for (let e = 0; e < edgeScore.length; e++) {
    const i = edgeLeft[e]!;
    const j = edgeRight[e]!;
    if (rightCapacity[j] === 0 && leftCapacity[i]! > 0) right[j] = Math.max(right[j]!, edgeScore[e]! - left[i]!);
  }
  for (let e = 0; e < edgeScore.length; e++) {
    const i = edgeLeft[e]!;
    if (leftCapacity[i] === 0) left[i] = Math.max(left[i]!, edgeScore[e]! - right[edgeRight[e]!]!);
  }
  return { left, right };
}

function distancesFromRoot(network: Network, flow: Flow): Float64Array {
  const { leftCapacity, rightCapacity, edgeLeft, edgeRight } = network;
  const leftCount = leftCapacity.length;
  const nodeCount = leftCount + rightCapacity.length;
  const { units, potential } = flow;
  const used = new Float64Array(nodeCount);
  for (let e = 0; e < units.length; e++) {
    used[edgeLeft[e]!] = used[edgeLeft[e]!]! + units[e]!;
    used[leftCount + edgeRight[e]!] = used[leftCount + edgeRight[e]!]! + units[e]!;
  }
  const reduced = new Float64Array(nodeCount).fill(Number.POSITIVE_INFINITY);
  const heap = new MinHeap();
  const reach = (node: number, length: number) => {
    if (length >= reduced[node]!) return;
    reduced[node] = length;
    heap.push(length, node);
  };
  for (let i = 0; i < leftCount; i++) if (used[i]! < leftCapacity[i]!) reach(i, -potential[i]!);
  for (let node = leftCount; node < nodeCount; node++) if (used[node]! > 0) reach(node, -potential[node]!);
  const residual = new Residual(network, units);
  for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
    const { key, node } = top;
    if (key > reduced[node]!) continue;
    residual.forEachArc(node, (next, cost) => {
      if (next >= leftCount && rightCapacity[next - leftCount] === 0) return;
      reach(next, key + cost + potential[node]! - potential[next]!);
    });
  }
  return reduced.map((length, node) => length + potential[node]!);
}
