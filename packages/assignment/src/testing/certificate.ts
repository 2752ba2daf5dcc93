import type { AssignmentInstance, AssignmentSolution, NodeId } from "..";

const key = (left: NodeId, right: NodeId) => JSON.stringify([left, right]);

/**
 * Every way in which a solution fails to be feasible, or its prices fail to prove it optimal; none when the proof holds. It
 * reads only the instance and the answer, so it shares nothing with the solver.
 */
export function flawsOf(instance: AssignmentInstance, solution: AssignmentSolution): string[] {
  const flaws: string[] = [];
  const units = new Map(solution.pairs.map(([left, right, n]) => [key(left, right), n]));
  if (units.size !== solution.pairs.length) flaws.push("a pair is listed twice");
  const price = { left: new Map(solution.prices.left), right: new Map(solution.prices.right) };
  const used = { left: new Map<NodeId, number>(), right: new Map<NodeId, number>() };
  let value = 0;
  let dual = 0;
  for (const [left, right, score, limit] of instance.edges) {
    const n = units.get(key(left, right)) ?? 0;
    units.delete(key(left, right));
    if (!Number.isSafeInteger(n) || n < 0 || n > (limit ?? Number.POSITIVE_INFINITY)) flaws.push(`units of ${left}-${right}`);
    if (n > 0 && score < 0) flaws.push(`negative score used: ${left}-${right}`);
    used.left.set(left, (used.left.get(left) ?? 0) + n);
    used.right.set(right, (used.right.get(right) ?? 0) + n);
    value += n * score;
    const surplus = score - price.left.get(left)! - price.right.get(right)!;
    if (limit === undefined && surplus > 0) flaws.push(`dual infeasible: ${left}-${right}`);
    if (n > 0 && surplus < 0) flaws.push(`used below its price: ${left}-${right}`);
    if (limit !== undefined && surplus > 0) {
      dual += limit * surplus;
      if (n !== limit) flaws.push(`slack limit with a surplus: ${left}-${right}`);
    }
  }
  if (units.size > 0) flaws.push("a pair without an edge");
  for (const side of ["left", "right"] as const) {
    if (price[side].size !== instance[side].length) flaws.push(`prices of ${side}`);
    for (const { id, capacity } of instance[side]) {
      const n = used[side].get(id) ?? 0;
      const p = price[side].get(id)!;
      if (n > capacity) flaws.push(`over capacity: ${side} ${id}`);
      if (!Number.isSafeInteger(p) || p < 0) flaws.push(`price of ${side} ${id}`);
      if (p > 0 && n < capacity) flaws.push(`priced with room left: ${side} ${id}`);
      dual += p * capacity;
    }
  }
  if (value !== solution.value) flaws.push(`value ${solution.value}, pairs sum to ${value}`);
  if (dual !== solution.value) flaws.push(`value ${solution.value}, prices sum to ${dual}`);
  return flaws;
}
