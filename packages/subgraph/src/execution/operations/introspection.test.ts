import fc from "fast-check";
import { buildSchema, executeSync, getIntrospectionQuery, parse } from "graphql";
import { costsOf } from "./cost";

const schema = buildSchema(`
  directive @marked(by: [String!], at: Int = 3) repeatable on FIELD_DEFINITION | OBJECT
  interface Named { name: String! }
  type Query { needs(first: Int, kinds: [Kind!]): [Need!]! old: Int @deprecated find(filter: Filter): Thing }
  enum Kind { A B C D @deprecated }
  input Filter { kinds: [Kind!]! = [A] within: Filter, gone: Int @deprecated }
  union Thing = Need | Offer
  type Need implements Named { name: String! offers: [Offer!]! }
  type Offer implements Named { name: String! need: Need }`);
const costOf = (query: string, variables?: Record<string, unknown>): number =>
  costsOf(parse(query), schema, 20).values().next().value!(variables);

/** How many values an answer really has. */
function valuesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + valuesIn(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, item) => sum + 1 + valuesIn(item), 0);
}

function answered(query: string): number {
  const { data, errors } = executeSync({ schema, document: parse(query) });
  expect(errors).toBeUndefined();
  return valuesIn(data);
}

const FIELDS: Record<string, Record<string, string | null>> = {
  __Schema: { description: null, types: "__Type", queryType: "__Type", mutationType: "__Type", directives: "__Directive" },
  __Type: {
    kind: null,
    name: null,
    "fields(includeDeprecated: true)": "__Field",
    interfaces: "__Type",
    possibleTypes: "__Type",
    "enumValues(includeDeprecated: true)": "__EnumValue",
    "inputFields(includeDeprecated: true)": "__InputValue",
    ofType: "__Type",
  },
  __Field: { name: null, "args(includeDeprecated: true)": "__InputValue", type: "__Type" },
  __InputValue: { name: null, defaultValue: null, type: "__Type" },
  __EnumValue: { name: null, isDeprecated: null },
  __Directive: { name: null, "args(includeDeprecated: true)": "__InputValue" },
};

/** A selection from a type made of numbers, each field under an alias of its own, in part within fragments. */
function selection(type: string, numbers: () => number, depth: number): string {
  const fields = Object.entries(FIELDS[type]!).filter(([, inner]) => inner === null || depth > 0);
  const chosen = Array.from({ length: 1 + (numbers() % 3) }, (_, index) => {
    const [name, inner] = fields[numbers() % fields.length]!;
    const field = `a${depth}_${index}: ${name} ${inner === null ? "" : selection(inner, numbers, depth - 1)}`;
    return numbers() % 4 === 0 ? `... on ${type} { ${field} }` : field;
  });
  return `{ ${chosen.join(" ")} }`;
}

test("reading the schema weighs a quarter of the values that it is answered with", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), fc.boolean(), (given, whole) => {
      let next = 0;
      const numbers = () => given[next++ % given.length]!;
      const query = whole
        ? `{ __schema ${selection("__Schema", numbers, 4)} }`
        : `{ __type(name: "${["Query", "Filter", "Kind", "Thing", "Named"][numbers() % 5]}") ${selection("__Type", numbers, 4)} }`;
      expect(costOf(query)).toBe(1 + Math.ceil((answered(query) - 1) / 4));
    }),
    { numRuns: 300 },
  );
});

test("what is deprecated weighs whether it is asked for or not, a variable's type as much as the largest, and one that is not there nothing", () => {
  expect(costOf("query ($d: Boolean) { __schema { types { fields(includeDeprecated: $d) { name } } } }")).toBe(
    costOf("{ __schema { types { fields(includeDeprecated: true) { name } } } }"),
  );
  const named = (name: string) => `{ __type(name: "${name}") { fields { name } enumValues { name } } }`;
  const byVariable = costOf("query ($n: String!) { __type(name: $n) { fields { name } enumValues { name } } }", { n: "Offer" });
  expect(byVariable).toBe(Math.max(...Object.keys(schema.getTypeMap()).map((name) => costOf(named(name)))));
  expect(costOf(named("Nothing"))).toBe(1);
});

test("aliases and fragments that are spread multiply, and are counted without being unfolded", () => {
  const types = "types { name fields { name type { name ofType { name ofType { name } } } args { name type { name } } } }";
  const once = costOf(`{ __schema { ${types} } }`);
  const many = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index)).join(" ");
  const query = `{ ${many(15, (i) => `r${i}: __schema { ...F }`)} } fragment F on __Schema { ${many(15, (i) => `t${i}: ${types}`)} }`;
  expect(costOf(query)).toBeGreaterThan(200 * once);
  const doubling = `{ __schema { types { ...F0 } } } ${many(40, (i) => `fragment F${i} on __Type { a${i}: ofType { ...F${i + 1} } b${i}: ofType { ...F${i + 1} } }`)} fragment F40 on __Type { name }`;
  expect(costOf(doubling)).toBeGreaterThan(0);
  expect(costOf(getIntrospectionQuery())).toBeGreaterThan(50);
});
