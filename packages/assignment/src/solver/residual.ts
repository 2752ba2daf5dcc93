import type { Network } from "./network";

/**
 * The residual arcs of an optimal flow, by node: from a left node along an edge that has room, from a right node back along an
 * edge that carries units. Lengths are reduced by the potentials and so never negative.
 */
export class Residual {
  private readonly leftCount: number;
  private readonly leftStart: Int32Array;
  private readonly rightStart: Int32Array;
  private readonly rightEdges: Int32Array;

  constructor(
    private readonly network: Network,
    private readonly units: Float64Array,
  ) {
    const { leftCapacity, rightCapacity, edgeLeft, edgeRight } = network;
    this.leftCount = leftCapacity.length;
    this.leftStart = starts(edgeLeft, leftCapacity.length);
    this.rightStart = starts(edgeRight, rightCapacity.length);
    this.rightEdges = new Int32Array(edgeRight.length);
    const fill = this.rightStart.slice();
    for (let e = 0; e < edgeRight.length; e++) {
      const right = edgeRight[e]!;
      this.rightEdges[fill[right]!] = e;
      fill[right] = fill[right]! + 1;
    }
  }

  /** Calls `visit(next node, cost of one unit)` for each residual arc out of a node (right nodes follow the left ones). */
  forEachArc(node: number, visit: (next: number, cost: number) => void): void {
    const { edgeLeft, edgeRight, edgeScore, edgeLimit } = this.network;
    if (node < this.leftCount) {
      for (let e = this.leftStart[node]!; e < this.leftStart[node + 1]!; e++) {
        if (this.units[e]! < edgeLimit[e]!) visit(this.leftCount + edgeRight[e]!, -edgeScore[e]!);
      }
      return;
    }
    const right = node - this.leftCount;
    for (let k = this.rightStart[right]!; k < this.rightStart[right + 1]!; k++) {
      const e = this.rightEdges[k]!;
      if (this.units[e]! > 0) visit(edgeLeft[e]!, edgeScore[e]!);
    }
  }
}

function starts(ends: Int32Array, nodes: number): Int32Array {
  const start = new Int32Array(nodes + 1);
  for (const end of ends) start[end + 1] = start[end + 1]! + 1;
  for (let i = 0; i < nodes; i++) start[i + 1] = start[i + 1]! + start[i]!;
  return start;
}
