import { buildSchema, parse, printSchema } from "graphql";
import { LARGEST_PAGE } from "../../connection/connection";
import { assumeListSizes } from "../../schema/list-size";
import { costsOf } from "./cost";

const schema = buildSchema(`
  enum Kind { A B }
  type Query { needs(first: Int, kinds: [Kind!]): NeedConnection! short(kinds: [Kind!]): [Need!]! some(first: Int): [Need!]! find(ids: [ID!]!): [Need!]! }
  type NeedConnection { nodes: [Need!]! wholes: [ID!]! type: String! }
  type Need { id: ID! matches(first: Int): [Need!]! }`);
const costOf = (text: string, variables?: Record<string, unknown>): number => costsOf(parse(text), schema, 20).get("")!(variables);

describe("a page size that no list takes counts as the largest page: the list refuses it, and says why", () => {
  const largest = costOf(`{ needs(first: ${LARGEST_PAGE}) { nodes { id } } }`);

  test("as a number", () => {
    expect(costOf("{ needs(first: 1000000000) { nodes { id } } }")).toBe(largest);
    expect(costOf(`{ needs(first: ${LARGEST_PAGE - 1}) { nodes { id } } }`)).toBeLessThan(largest);
  });

  test("as a variable and as its default", () => {
    const query = "query ($n: Int = 1000000000) { needs(first: $n) { nodes { id } } }";
    expect(costOf(query)).toBe(largest);
    expect(costOf(query, { n: 2_000_000_000 })).toBe(largest);
    expect(costOf(query, { n: 7 })).toBe(costOf("{ needs(first: 7) { nodes { id } } }"));
  });

  test("at each level", () => {
    expect(costOf("{ some(first: 100000) { id matches(first: 100000) { id } } }")).toBe(
      costOf(`{ some(first: ${LARGEST_PAGE}) { id matches(first: ${LARGEST_PAGE}) { id } } }`),
    );
  });

  test("a list of ids counts whole", () => {
    expect(costOf("query ($ids: [ID!]!) { find(ids: $ids) { id } }", { ids: Array.from({ length: 500 }, String) })).toBe(1000);
  });
});

describe("a list that only leaves rows out", () => {
  const costWith = (kinds: string): number =>
    costOf(`query ($kinds: [Kind!]) { needs${kinds} { nodes { id matches(first: 3) { id } } } short${kinds} { id } }`, { kinds: [] });

  test.each(["[]", "[A]", "[A, B]", "null", "$kinds"])("is not the number of rows that are asked for: %s", (kinds) => {
    expect(costWith(`(kinds: ${kinds})`)).toBe(costWith(""));
  });

  test("leaves the page size what it is", () => {
    expect(costOf("{ needs(kinds: [A], first: 7) { nodes { id } } }")).toBe(costOf("{ needs(first: 7) { nodes { id } } }"));
  });
});

test("rows that are answered as wholes weigh what is declared, for each row of the page", () => {
  const weighed = buildSchema(printSchema(schema));
  assumeListSizes(weighed, "type NeedConnection { wholes: [ID!]! @listSize(assumedSize: 12) }");
  const of = (text: string): number => costsOf(parse(text), weighed, 20).get("")!({ n: 30 });
  expect(of("{ needs(first: 5) { type wholes } }")).toBe(1 + 1 + 5 * 12);
  expect(of("query ($n: Int) { needs(first: $n) { wholes } }")).toBe(1 + 30 * 12);
  expect(costOf("{ needs(first: 5) { type wholes } }")).toBe(1 + 1 + 5);
});
