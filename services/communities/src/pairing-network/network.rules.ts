/** A party of a pairing, as the network sees it. */
export interface Membership {
  pairingId: string;
  /** Which community or organisation: the same text in every pairing that it is party to. */
  place: string;
  side: number;
}

export interface NetworkEdge {
  from: string;
  to: string;
  pairings: number;
}

export interface NetworkNode {
  place: string;
  /** With how many others it is paired. */
  degree: number;
  /** Its component, from 0: the largest first. */
  component: number;
}

export interface Network {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  /** The places of each component, the largest first. */
  components: string[][];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Disjoint sets with path halving and union by size (Tarjan and van Leeuwen). */
export class UnionFind {
  private readonly parent = new Map<string, string>();
  private readonly size = new Map<string, number>();

  find(item: string): string {
    let at = item;
    for (;;) {
      const above = this.parent.get(at) ?? at;
      if (above === at) return at;
      const higher = this.parent.get(above) ?? above;
      this.parent.set(at, higher);
      at = higher;
    }
  }

  union(a: string, b: string): void {
    const [one, other] = [this.find(a), this.find(b)];
    if (one === other) return;
    const [sizeOne, sizeOther] = [this.size.get(one) ?? 1, this.size.get(other) ?? 1];
    const [small, large] = sizeOne < sizeOther ? [one, other] : [other, one];
    this.parent.set(small, large);
    this.size.set(large, sizeOne + sizeOther);
  }
}

/**
 * Who is paired with whom. In a pairing with sides, each party with those of other sides; in one with a single side, everybody with everybody.
 * Two pairings of the same two make one edge. The order of the memberships does not matter.
 */
export function networkOf(memberships: readonly Membership[]): Network {
  const pairings = new Map<string, Membership[]>();
  for (const membership of memberships) pairings.set(membership.pairingId, [...(pairings.get(membership.pairingId) ?? []), membership]);
  const places = [...new Set(memberships.map(({ place }) => place))].sort(byText);
  const edges = new Map<string, NetworkEdge>();
  const sets = new UnionFind();
  for (const parties of pairings.values()) {
    const oneSide = new Set(parties.map(({ side }) => side)).size === 1;
    parties.forEach((a, index) => {
      for (const b of parties.slice(index + 1)) {
        if (a.place === b.place || (!oneSide && a.side === b.side)) continue;
        const [from, to] = [a.place, b.place].sort(byText) as [string, string];
        const edge = edges.get(`${from} ${to}`) ?? { from, to, pairings: 0 };
        edge.pairings += 1;
        edges.set(`${from} ${to}`, edge);
        sets.union(from, to);
      }
    });
  }
  const degrees = new Map<string, number>();
  for (const { from, to } of edges.values()) for (const end of [from, to]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  const groups = new Map<string, string[]>();
  for (const place of places) groups.set(sets.find(place), [...(groups.get(sets.find(place)) ?? []), place]);
  const components = [...groups.values()].sort((a, b) => b.length - a.length || byText(a[0]!, b[0]!));
  const componentOf = new Map(components.flatMap((group, index) => group.map((place) => [place, index] as const)));
  return {
    nodes: places.map((place) => ({ place, degree: degrees.get(place) ?? 0, component: componentOf.get(place)! })),
    edges: [...edges.values()].sort((a, b) => byText(a.from, b.from) || byText(a.to, b.to)),
    components,
  };
}

/** Those with the most others, of several the first by text; none where nobody is paired. */
export function mostConnected(nodes: readonly NetworkNode[], most: number): NetworkNode[] {
  return [...nodes].sort((a, b) => b.degree - a.degree || byText(a.place, b.place)).slice(0, most);
}
