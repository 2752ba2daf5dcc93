import fc from "fast-check";
import { mostConnected, networkOf, type Membership } from "./network.rules";
import { escapeXml, networkSvg } from "./network.svg";

const membership = fc.record({
  pairingId: fc.constantFrom("p1", "p2", "p3", "p4"),
  place: fc.integer({ min: 0, max: 12 }).map((n) => `community:${String(n).padStart(2, "0")}`),
  side: fc.integer({ min: 1, max: 3 }),
});
const memberships = fc.uniqueArray(membership, { maxLength: 30, selector: ({ pairingId, place }) => `${pairingId} ${place}` });

/** Another reckoning: every two places looked at by themselves, and components by walking. */
function walked(all: readonly Membership[]) {
  const places = [...new Set(all.map(({ place }) => place))].sort();
  const together = (a: string, b: string): number =>
    ["p1", "p2", "p3", "p4"].filter((id) => {
      const parties = all.filter(({ pairingId }) => pairingId === id);
      const [one, other] = [parties.find(({ place }) => place === a), parties.find(({ place }) => place === b)];
      const sides = new Set(parties.map(({ side }) => side)).size;
      return one !== undefined && other !== undefined && (sides === 1 || one.side !== other.side);
    }).length;
  const reach = (from: string): string[] => {
    const seen = new Set([from]);
    for (const at of seen) for (const next of places) if (together(at, next) > 0 && next !== at) seen.add(next);
    return [...seen].sort();
  };
  return { places, together, reach };
}

test("nodes, edges, degrees and components are those that a walk finds", () => {
  fc.assert(
    fc.property(memberships, (all) => {
      const { places, together, reach } = walked(all);
      const network = networkOf(all);
      expect(network.nodes.map(({ place }) => place)).toEqual(places);
      for (const { from, to, pairings } of network.edges) expect([from < to, pairings]).toEqual([true, together(from, to)]);
      for (const { place, degree, component } of network.nodes) {
        expect(degree).toBe(places.filter((other) => other !== place && together(place, other) > 0).length);
        expect(network.components[component]).toEqual(reach(place));
      }
      expect(network.edges.length * 2).toBe(network.nodes.reduce((sum, { degree }) => sum + degree, 0));
      expect(network.components.map((group) => group.length)).toEqual(
        network.components.map((group) => group.length).sort((a, b) => b - a),
      );
      expect(networkOf([...all].reverse())).toEqual(network);
      expect(mostConnected(network.nodes, 1)[0]?.degree ?? 0).toBe(Math.max(0, ...network.nodes.map(({ degree }) => degree)));
    }),
  );
});

const many = (left: number, right: number): Membership[] =>
  [...Array.from({ length: left }, () => 1), ...Array.from({ length: right }, () => 2)].map((side, index) => ({
    pairingId: "p",
    place: `community:${String(index).padStart(2, "0")}`,
    side,
  }));

test.each([
  [4, 4, 16],
  [4, 11, 44],
  [1, 15, 15],
])("%i with %i are %i pairs in one component", (left, right, pairs) => {
  const network = networkOf(many(left, right));
  expect([network.edges.length, network.components.length]).toEqual([pairs, 1]);
});

test("the drawing is the same for the same network, well-formed, and tells its names whatever they are", () => {
  fc.assert(
    fc.property(memberships, fc.string({ unit: "binary", maxLength: 12 }), (all, name) => {
      const svg = networkSvg(networkOf(all), name, (place) => `${name}${place}`);
      expect(networkSvg(networkOf([...all].reverse()), name, (place) => `${name}${place}`)).toBe(svg);
      expect(svg).toContain(`<title id="title">${escapeXml(name)}</title>`);
      expect(svg).toContain("<desc");
      expect(svg).not.toMatch(/NaN|Infinity|undefined/u);
      const text = svg.replace(/<\/?[a-z]+(?: [a-zA-Z0-9:-]+="[^"<>&]*")*\/?>/gu, "");
      expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|apos);)/u);
    }),
  );
});

test("markup in a name stays text", () => {
  const svg = networkSvg(networkOf(many(1, 1)), "网络", () => `<script>alert("1")</script>&'`);
  expect(svg).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&apos;");
  expect(svg).not.toContain("<script");
});
