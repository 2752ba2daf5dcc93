/** A binary min-heap of node numbers by key; equal keys come out by node number, so that nothing depends on insertion order. */
export class MinHeap {
  private readonly keys: number[] = [];
  private readonly nodes: number[] = [];

  get size(): number {
    return this.nodes.length;
  }

  push(key: number, node: number): void {
    let at = this.nodes.length;
    this.keys.push(key);
    this.nodes.push(node);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.before(at, above)) break;
      this.swap(at, above);
      at = above;
    }
  }

  /** Removes and returns the node with the least key; undefined when empty. */
  pop(): { readonly key: number; readonly node: number } | undefined {
    if (this.nodes.length === 0) return undefined;
    const top = { key: this.keys[0]!, node: this.nodes[0]! };
    this.swap(0, this.nodes.length - 1);
    this.keys.pop();
    this.nodes.pop();
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= this.nodes.length) break;
      const least = left + 1 < this.nodes.length && this.before(left + 1, left) ? left + 1 : left;
      if (!this.before(least, at)) break;
      this.swap(at, least);
      at = least;
    }
    return top;
  }

  private before(a: number, b: number): boolean {
    return this.keys[a]! < this.keys[b]! || (this.keys[a] === this.keys[b] && this.nodes[a]! < this.nodes[b]!);
  }

  private swap(a: number, b: number): void {
    const key = this.keys[a]!;
    const node = this.nodes[a]!;
    this.keys[a] = this.keys[b]!;
    this.nodes[a] = this.nodes[b]!;
    this.keys[b] = key;
    this.nodes[b] = node;
  }
}
