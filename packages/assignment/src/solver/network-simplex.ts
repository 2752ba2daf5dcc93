import type { Flow, Network } from "./network";
import { SpanningTree } from "./spanning-tree";

/**
 * Scores are multiplied by this and a unit is worth one more, so that among flows of the highest value the one with the most
 * units wins (units of score 0 are used). Any tree path's share of those ones lies in -1..1, and a reduced cost's in -2..2, so
 * a factor of 4 keeps it below one point of score: a tree that is optimal here is optimal for the scores alone.
 */
export const TIE_SCALE = 4;

const AT_LOWER = 1;
const IN_TREE = 0;
const AT_UPPER = -1;

/**
 * Maximum-weight b-matching as a minimum-cost flow, by the primal network simplex method with strongly feasible trees
 * (Cunningham, "A network simplex method", Mathematical Programming 11, 1976, which rules out cycling) and a block search
 * for the entering arc (Grigoriadis, "An efficient implementation of the network simplex method", Mathematical Programming
 * Study 26, 1986; compared by Kovács, "Minimum-cost flow algorithms: an experimental evaluation", Optimization Methods and
 * Software 30, 2015). Ahuja, Magnanti and Orlin, "Network Flows", 1993, chapter 11, has the whole of it.
 *
 * Every left node has its capacity as supply, and an unbounded arc to the root for what it keeps; every right node has an
 * arc to the root as wide as its capacity. Doing nothing is feasible, so no artificial arcs and no big M are needed.
 *
 * All numbers stay integers in doubles; the caller guarantees that
 * (nodes + 1) * (TIE_SCALE * highest score + 1) stays within 2^52.
 */
export function maximumWeightFlow(network: Network): Flow {
  return new NetworkSimplex(network).run();
}

class NetworkSimplex {
  private readonly leftCount: number;
  private readonly nodeCount: number;
  private readonly edgeCount: number;
  private readonly root: number;
  private readonly source: Int32Array;
  private readonly target: Int32Array;
  private readonly cost: Float64Array;
  private readonly capacity: Float64Array;
  private readonly flow: Float64Array;
  private readonly state: Int8Array;
  private readonly potential: Float64Array;
  private readonly tree: SpanningTree;
  private readonly blockSize: number;
  private nextArc = 0;

  constructor(private readonly network: Network) {
    const { leftCapacity, rightCapacity, edgeLeft, edgeRight, edgeScore, edgeLimit } = network;
    this.leftCount = leftCapacity.length;
    this.nodeCount = leftCapacity.length + rightCapacity.length;
    this.edgeCount = edgeLeft.length;
    this.root = this.nodeCount;
    const arcCount = this.edgeCount + this.nodeCount;
    this.source = new Int32Array(arcCount);
    this.target = new Int32Array(arcCount);
    this.cost = new Float64Array(arcCount);
    this.capacity = new Float64Array(arcCount);
    this.flow = new Float64Array(arcCount);
    this.state = new Int8Array(arcCount).fill(AT_LOWER);
    this.potential = new Float64Array(this.nodeCount + 1);
    this.tree = new SpanningTree(this.nodeCount + 1);
    this.blockSize = Math.max(10, Math.ceil(Math.sqrt(arcCount)));
    for (let e = 0; e < this.edgeCount; e++) {
      this.source[e] = edgeLeft[e]!;
      this.target[e] = this.leftCount + edgeRight[e]!;
      this.cost[e] = -(TIE_SCALE * edgeScore[e]! + 1);
      this.capacity[e] = edgeLimit[e]!;
      // An arc that can carry nothing never enters: it would break the tree's strong feasibility.
      const usable = leftCapacity[edgeLeft[e]!]! > 0 && rightCapacity[edgeRight[e]!]! > 0;
      if (!usable) this.state[e] = IN_TREE;
    }
    for (let node = 0; node < this.nodeCount; node++) {
      const slack = this.edgeCount + node;
      const isLeft = node < this.leftCount;
      this.source[slack] = node;
      this.target[slack] = this.root;
      this.capacity[slack] = isLeft ? Number.POSITIVE_INFINITY : rightCapacity[node - this.leftCount]!;
      this.flow[slack] = isLeft ? leftCapacity[node]! : 0;
    }
  }

  run(): Flow {
    this.startGreedily();
    let pivots = 0;
    for (let arc = this.enteringArc(); arc >= 0; arc = this.enteringArc()) {
      this.pivot(arc);
      pivots++;
    }
    this.priceByScoresAlone();
    return { units: this.flow.slice(0, this.edgeCount), potential: this.potential, pivots };
  }

  private priceByScoresAlone(): void {
    for (let e = 0; e < this.edgeCount; e++) this.cost[e] = -this.network.edgeScore[e]!;
    this.setPotentials();
  }

  /**
   * A first strongly feasible tree that already carries a greedy assignment, best scores first. A right node that is full hangs
   * under the left node that filled it, a left node that is used up hangs under the right node that took its last unit,
   * every other node hangs under the root, so no cycle can arise.
   */
  private startGreedily(): void {
    const { edgeCount, nodeCount, root, flow, capacity, state } = this;
    const parentOf = new Int32Array(nodeCount).fill(root);
    const arcOf = Int32Array.from({ length: nodeCount }, (_, node) => edgeCount + node);
    for (const e of this.edgesByScore()) {
      const left = this.source[e]!;
      const right = this.target[e]!;
      const kept = edgeCount + left;
      const taken = edgeCount + right;
      const units = Math.min(flow[kept]!, capacity[taken]! - flow[taken]!, capacity[e]!);
      if (units === 0) continue;
      flow[e] = units;
      flow[kept] = flow[kept]! - units;
      flow[taken] = flow[taken]! + units;
      if (flow[taken] === capacity[taken]) {
        state[taken] = AT_UPPER;
        parentOf[right] = left;
        arcOf[right] = e;
      } else if (units === capacity[e]) {
        state[e] = AT_UPPER;
      } else {
        parentOf[left] = right;
        arcOf[left] = e;
      }
    }
    for (let node = 0; node < nodeCount; node++) {
      state[arcOf[node]!] = IN_TREE;
      this.tree.attach(node, parentOf[node]!, arcOf[node]!, this.source[arcOf[node]!] === node ? 1 : -1);
    }
    this.setPotentials();
  }

  private edgesByScore(): Int32Array {
    const { cost } = this;
    const order = new Int32Array(this.edgeCount);
    for (let e = 0; e < order.length; e++) order[e] = e;
    return order.sort((a, b) => cost[a]! - cost[b]! || a - b);
  }

  /** Makes every tree arc's reduced cost 0, from the root down. */
  private setPotentials(): void {
    const { tree, potential, cost, nodeCount, root } = this;
    const known = new Uint8Array(nodeCount + 1);
    known[root] = 1;
    const path: number[] = [];
    for (let node = 0; node < nodeCount; node++) {
      for (let u = node; known[u] === 0; u = tree.parent[u]!) path.push(u);
      while (path.length > 0) {
        const u = path.pop()!;
        potential[u] = potential[tree.parent[u]!]! - tree.direction[u]! * cost[tree.parentArc[u]!]!;
        tree.depth[u] = tree.depth[tree.parent[u]!]! + 1;
        known[u] = 1;
      }
    }
  }

  /** The arc that breaks optimality most within the first block that has one; -1 when there is none: the flow is optimal. */
  private enteringArc(): number {
    const { state, cost, potential, source, target, blockSize } = this;
    const arcCount = state.length;
    let best = -1;
    let worst = 0;
    let arc = this.nextArc;
    let left = blockSize;
    for (let seen = 0; seen < arcCount; seen++) {
      const broken = state[arc]! * (cost[arc]! + potential[source[arc]!]! - potential[target[arc]!]!);
      if (broken < worst) {
        worst = broken;
        best = arc;
      }
      if (++arc === arcCount) arc = 0;
      if (--left === 0) {
        if (best >= 0) break;
        left = blockSize;
      }
    }
    this.nextArc = arc;
    return best;
  }

  private pivot(entering: number): void {
    const { tree, source, target, state, flow, capacity, potential, cost } = this;
    const { parent, parentArc, direction } = tree;
    const forward = state[entering]!;
    const first = forward === AT_LOWER ? source[entering]! : target[entering]!;
    const second = forward === AT_LOWER ? target[entering]! : source[entering]!;
    const join = tree.join(first, second);

    // The flow turns round the cycle first -> second -> join -> first. Taking the last blocking arc from the join on, in that
    // direction, keeps the tree strongly feasible.
    let delta = capacity[entering]!;
    let leaving = -1;
    let onFirstSide = false;
    for (let u = first; u !== join; u = parent[u]!) {
      const arc = parentArc[u]!;
      const room = direction[u] === 1 ? flow[arc]! : capacity[arc]! - flow[arc]!;
      if (room < delta) {
        delta = room;
        leaving = u;
        onFirstSide = true;
      }
    }
    for (let u = second; u !== join; u = parent[u]!) {
      const arc = parentArc[u]!;
      const room = direction[u] === 1 ? capacity[arc]! - flow[arc]! : flow[arc]!;
      if (room <= delta) {
        delta = room;
        leaving = u;
        onFirstSide = false;
      }
    }

    if (delta > 0) {
      flow[entering] = flow[entering]! + forward * delta;
      for (let u = first; u !== join; u = parent[u]!) flow[parentArc[u]!] = flow[parentArc[u]!]! - direction[u]! * delta;
      for (let u = second; u !== join; u = parent[u]!) flow[parentArc[u]!] = flow[parentArc[u]!]! + direction[u]! * delta;
    }
    if (leaving < 0) {
      state[entering] = -forward;
      return;
    }
    const leavingArc = parentArc[leaving]!;
    state[leavingArc] = flow[leavingArc] === 0 ? AT_LOWER : AT_UPPER;
    state[entering] = IN_TREE;
    const moved = onFirstSide ? first : second;
    const under = onFirstSide ? second : first;
    const way = source[entering] === moved ? 1 : -1;
    const change = potential[under]! - way * cost[entering]! - potential[moved]!;
    tree.rehang(leaving, moved, under, entering, way);
    tree.shift(moved, potential, change);
  }
}
