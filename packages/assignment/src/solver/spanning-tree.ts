/**
 * The basis of the network simplex method: a spanning tree over the nodes, rooted at the last one, kept as parent, child
 * and sibling links so that moving a subtree costs the length of the moved stem plus one walk over the subtree.
 */
export class SpanningTree {
  readonly parent: Int32Array;
  /** The arc that links a node with its parent. */
  readonly parentArc: Int32Array;
  /** +1 when that arc leads from the node up to its parent, -1 when it leads down. */
  readonly direction: Int8Array;
  readonly depth: Int32Array;
  private readonly firstChild: Int32Array;
  private readonly nextSibling: Int32Array;
  private readonly previousSibling: Int32Array;

  constructor(readonly size: number) {
    this.parent = new Int32Array(size).fill(-1);
    this.parentArc = new Int32Array(size).fill(-1);
    this.direction = new Int8Array(size);
    this.depth = new Int32Array(size);
    this.firstChild = new Int32Array(size).fill(-1);
    this.nextSibling = new Int32Array(size).fill(-1);
    this.previousSibling = new Int32Array(size).fill(-1);
  }

  /** Hangs a node that has no parent under another; the depths of its subtree are the caller's to refresh (`shift`). */
  attach(node: number, under: number, arc: number, direction: 1 | -1): void {
    const oldFirst = this.firstChild[under]!;
    this.parent[node] = under;
    this.parentArc[node] = arc;
    this.direction[node] = direction;
    this.nextSibling[node] = oldFirst;
    this.previousSibling[node] = -1;
    if (oldFirst >= 0) this.previousSibling[oldFirst] = node;
    this.firstChild[under] = node;
  }

  private detach(node: number): void {
    const before = this.previousSibling[node]!;
    const after = this.nextSibling[node]!;
    if (before >= 0) this.nextSibling[before] = after;
    else this.firstChild[this.parent[node]!] = after;
    if (after >= 0) this.previousSibling[after] = before;
  }

  /** The lowest common ancestor of two nodes. */
  join(a: number, b: number): number {
    const { parent, depth } = this;
    let u = a;
    let v = b;
    while (u !== v) {
      if (depth[u]! >= depth[v]!) u = parent[u]!;
      else v = parent[v]!;
    }
    return u;
  }

  /**
   * Cuts the subtree of `top` off its parent, turns it so that `bottom` (a node in it) becomes its top, and hangs it under
   * `under` by `arc`. Depths inside are stale until `shift` has run.
   */
  rehang(top: number, bottom: number, under: number, arc: number, direction: 1 | -1): void {
    const { parent, parentArc, direction: directions } = this;
    let node = bottom;
    let newParent = under;
    let newArc = arc;
    let newDirection: 1 | -1 = direction;
    for (;;) {
      const oldParent = parent[node]!;
      const oldArc = parentArc[node]!;
      const turned: 1 | -1 = directions[node]! === 1 ? -1 : 1;
      this.detach(node);
      this.attach(node, newParent, newArc, newDirection);
      if (node === top) return;
      newParent = node;
      newArc = oldArc;
      newDirection = turned;
      node = oldParent;
    }
  }

  /** Adds `amount` to `values` over the whole subtree of `top`, and refreshes the depths there. */
  shift(top: number, values: Float64Array, amount: number): void {
    const { parent, depth, firstChild, nextSibling } = this;
    let node = top;
    for (;;) {
      values[node] = values[node]! + amount;
      depth[node] = depth[parent[node]!]! + 1;
      const child = firstChild[node]!;
      if (child >= 0) {
        node = child;
        continue;
      }
      while (node !== top && nextSibling[node]! < 0) node = parent[node]!;
      if (node === top) return;
      node = nextSibling[node]!;
    }
  }
}
