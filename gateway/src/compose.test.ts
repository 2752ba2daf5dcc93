import { CompositionError, compose } from "./compose";

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const places = { name: "places", sdl: `${LINK} type Query { place: Place } type Place @key(fields: "id") { id: ID! name: String }` };
const visits = { name: "visits", sdl: `${LINK} type Query { visits: [Place!]! } type Place @key(fields: "id") { id: ID! count: Int! }` };

const problemsOf = (...subgraphs: { name: string; sdl: string }[]): readonly string[] => {
  try {
    compose(subgraphs);
  } catch (error) {
    if (error instanceof CompositionError) return error.problems;
    throw error;
  }
  throw new Error("the subgraphs composed");
};

describe("compose", () => {
  it("gives the same supergraph in whatever order the subgraphs come", () => {
    expect(compose([visits, places])).toBe(compose([places, visits]));
    expect(compose([places, visits])).toContain("count: Int! @join__field(graph: VISITS)");
  });

  it("says which subgraph cannot be read, and where", () => {
    expect(problemsOf(places, { name: "broken", sdl: "type Query {\n  a: }" })).toEqual([
      expect.stringMatching(/^broken, line 2: Syntax Error/),
    ]);
  });

  it("says what does not fit together", () => {
    const other = { name: "other", sdl: visits.sdl.replace("count: Int!", "name: Int") };
    expect(problemsOf(places, other).join("\n")).toMatch(/FIELD_TYPE_MISMATCH.*Place\.name/);
  });
});
