import type { Flow, Network } from "./network";
import type { NodePrices } from "./prices";
import { Residual } from "./residual";

/** How far the search for a chain may go, in nodes: a screen wants a few answers, not all of them. */
const MAX_VISITED = 2_000;

/**
 * Answers, for a left node that could not place all its units: one more unit of which full right nodes would lead to an optimal
 * assignment that places one more of them? Such a unit adds the right node's price to the value. The unit may reach the left
 * node over a chain of others that move along.
 *
 * They are the right nodes reachable over residual arcs that are tight (score = left price + right price): with the lowest right
 * prices those arcs are exactly the shortest paths (complementary slackness; Ahuja, Magnanti and Orlin, 1993, section 9.4).
 */
export class ExtraCapacity {
  private readonly residual: Residual;
  private readonly seenIn: Int32Array;
  private turn = 0;

  constructor(
    private readonly network: Network,
    flow: Flow,
    private readonly prices: NodePrices,
  ) {
    this.residual = new Residual(network, flow.units);
    this.seenIn = new Int32Array(network.leftCapacity.length + network.rightCapacity.length);
  }

  /** At most `most` right positions, nearest first: those that serve the left node directly before those that need a chain. */
  rightsThatServe(left: number, most: number): number[] {
    const leftCount = this.network.leftCapacity.length;
    const price = (node: number) => (node < leftCount ? this.prices.left[node]! : this.prices.right[node - leftCount]!);
    const queue = [left];
    const found: number[] = [];
    const turn = ++this.turn;
    this.seenIn[left] = turn;
    for (let at = 0; at < queue.length && found.length < most && queue.length < MAX_VISITED; at++) {
      const node = queue[at]!;
      if (node >= leftCount) found.push(node - leftCount);
      this.residual.forEachArc(node, (next, cost) => {
        if (this.seenIn[next] === turn || price(node) + price(next) !== Math.abs(cost)) return;
        this.seenIn[next] = turn;
        queue.push(next);
      });
    }
    return found;
  }
}
