/**
 * A validated instance as flat arrays: nodes in id order, edges in (left, right) order, so that whatever is computed
 * from it cannot depend on the order in which the caller listed things.
 */
export interface Network {
  /** Units each left node may give, all >= 0. */
  readonly leftCapacity: Float64Array;
  /** Units each right node may take, all >= 0. */
  readonly rightCapacity: Float64Array;
  /** Left end of each edge, ascending; edges of one left node are ascending in `edgeRight`. */
  readonly edgeLeft: Int32Array;
  readonly edgeRight: Int32Array;
  /** Integer score of one unit on the edge, >= 0. */
  readonly edgeScore: Float64Array;
  /** Most units the edge may carry, > 0; Infinity where only the capacities of its ends bound it. */
  readonly edgeLimit: Float64Array;
}

/** Units on each edge, and potentials of the nodes (left, right, root) by the plain scores that prove the flow optimal. */
export interface Flow {
  readonly units: Float64Array;
  readonly potential: Float64Array;
  /** Simplex pivots made: a measure of work that does not depend on the machine. */
  readonly pivots: number;
}
