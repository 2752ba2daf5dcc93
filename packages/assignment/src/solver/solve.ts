import { type AssignmentInstance, compileInstance, type CompiledInstance, type NodeId } from "./instance";
import type { Flow } from "./network";
import { maximumWeightFlow } from "./network-simplex";
import { lowestRightPrices, type NodePrices } from "./prices";

export type AssignedPair = readonly [left: NodeId, right: NodeId, units: number];
export type PricedNode = readonly [id: NodeId, price: number];

export interface AssignmentSolution {
  /** Pairs that carry units, ordered by left id and then right id; units >= 1. */
  readonly pairs: readonly AssignedPair[];
  /** The sum of score x units: no assignment has a higher one. */
  readonly value: number;
  /** Dual prices of all nodes, in id order: they prove the value (see `solveAssignment`). */
  readonly prices: { readonly left: readonly PricedNode[]; readonly right: readonly PricedNode[] };
}

/**
 * A maximum-weight b-matching: how many units each left node gives to each right node so that no capacity or limit is exceeded
 * and the sum of score x units is as high as it can be. Negative scores are never used.
 *
 * Ties: of all assignments of the highest value one with the most units is returned. Nodes are first put in id order (integers
 * by size, then texts by code units) and edges in (left, right) order, and every later choice follows from that order alone,
 * so the same instance listed in another order has the same answer.
 *
 * Prices: integers >= 0 that prove optimality by linear-programming duality. With the surplus of an edge
 * z = max(0, score - left price - right price):
 *   value = sum of capacity x price over all nodes + sum of limit x z over the edges with a limit;
 *   an edge without a limit has z = 0; an edge in use has score >= left price + right price; an edge with z > 0 is used to its
 *   limit; a node with a price > 0 is used to its capacity.
 * They are the lowest right prices that do so: each says exactly what one more unit of that right node would add to the value.
 *
 * Time: network simplex, seconds for 10,000 x 10,000 nodes and 200,000 edges (see README.md). Memory: O(nodes + edges).
 *
 * @throws AssignmentInputError when the instance is malformed or its value could leave the safe integers
 */
export function solveAssignment(instance: AssignmentInstance): AssignmentSolution {
  return solveCompiled(compileInstance(instance)).solution;
}

/** What `solveAssignment` returns, with the flow and prices by position for those who ask further. */
export interface CompiledSolution {
  readonly solution: AssignmentSolution;
  readonly flow: Flow;
  readonly prices: NodePrices;
}

/** `solveAssignment` for an instance that is already checked and in canonical order. */
export function solveCompiled({ leftIds, rightIds, network }: CompiledInstance): CompiledSolution {
  const flow = maximumWeightFlow(network);
  const prices = lowestRightPrices(network, flow);
  const pairs: AssignedPair[] = [];
  let value = 0;
  for (let e = 0; e < flow.units.length; e++) {
    const units = flow.units[e]!;
    if (units === 0) continue;
    pairs.push([leftIds[network.edgeLeft[e]!]!, rightIds[network.edgeRight[e]!]!, units]);
    value += units * network.edgeScore[e]!;
  }
  const priced = (ids: readonly NodeId[], of: Float64Array): PricedNode[] => ids.map((id, index) => [id, of[index]!]);
  return {
    solution: { pairs, value, prices: { left: priced(leftIds, prices.left), right: priced(rightIds, prices.right) } },
    flow,
    prices,
  };
}
