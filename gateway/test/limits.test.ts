import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSettings, type Settings } from "@gongjian/settings";
import { DEFAULT_LIMITS, OperationStore } from "@gongjian/subgraph";
import { buildSchema, getIntrospectionQuery } from "graphql";
import { type Door, openDoor } from "./door";

/** Each limit has a document that keeps it and one that breaks it; what is refused is refused within 100 ms. */
const LIMITS: Partial<Settings> = {
  maxTokens: 400,
  maxDepth: 7,
  maxAliases: 10,
  maxRootFields: 4,
  maxDirectives: 5,
  maxCost: 2_000,
  defaultListSize: 10,
  introspection: false,
};
const nested = (levels: number) => `{ all { ${"neighbours { nodes { ".repeat(levels)} id ${"} }".repeat(levels)} } }`;
const aliased = (count: number) => `{ community(id: 1) { ${Array.from({ length: count }, (_, i) => `n${i}: name`).join(" ")} } }`;
const doubling = `{ all { ...F0 } } ${Array.from({ length: 25 }, (_, i) => `fragment F${i} on Community { name ...F${i + 1} ...F${i + 1} }`).join(" ")} fragment F25 on Community { name }`;

it("are the same for a subgraph that is asked without the gateway", () => {
  expect(readSettings({})).toMatchObject(DEFAULT_LIMITS);
});

describe("limits", () => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor({ settings: LIMITS });
  });
  afterAll(() => door.close());

  it.each<[string, string, string, string]>([
    ["tokens", "TOO_MANY_TOKENS", "{ me { subject } }", `{ me { ${"subject ".repeat(500)} } }`],
    ["depth", "TOO_DEEP", nested(2).replaceAll("neighbours", "neighbours(first: 1)"), nested(3)],
    [
      "depth through fragments",
      "TOO_DEEP",
      "{ all { ...A } } fragment A on Community { id }",
      "{ all { ...A } } fragment A on Community { neighbours { nodes { ...B } } } fragment B on Community { neighbours { nodes { neighbours { nodes { id } } } } }",
    ],
    ["aliases", "TOO_MANY_ALIASES", aliased(10), aliased(11)],
    ["repeated fields", "TOO_MANY_ALIASES", `{ me { ${"subject ".repeat(11)} } }`, `{ me { ${"subject ".repeat(12)} } }`],
    [
      "root fields",
      "TOO_MANY_ROOT_FIELDS",
      "{ all { id } me { subject } events { id } __typename }",
      "{ all { id } me { subject } events { id } __typename communities { totalCount } }",
    ],
    [
      "root fields through fragments",
      "TOO_MANY_ROOT_FIELDS",
      "{ ...Q } fragment Q on Query { me { subject } }",
      "{ ...Q ...Q ...Q } fragment Q on Query { me { subject } all { id } }",
    ],
    [
      "directives",
      "TOO_MANY_DIRECTIVES",
      `{ me { subject ${"@skip(if: false)"} } }`,
      `{ me { subject ${"@skip(if: false) ".repeat(6)} } }`,
    ],
    [
      "cost of pages",
      "OPERATION_TOO_COSTLY",
      "{ communities(first: 10) { nodes { neighbours(first: 10) { nodes { id } } } } }",
      "{ communities(first: 100) { nodes { neighbours(first: 100) { nodes { id } } } } }",
    ],
    [
      "cost of lists",
      "OPERATION_TOO_COSTLY",
      "{ all { events { id } } }",
      "{ all { events { host { events { host { events { id } } } } } } }",
    ],
    [
      "cost of lists of ids",
      "OPERATION_TOO_COSTLY",
      "{ find(ids: [1, 2]) { id } }",
      `{ find(ids: [${"1,".repeat(300)}]) { id name founded labels busy events { id } } }`,
    ],
    ["introspection", "INTROSPECTION_DISABLED", "{ __typename }", '{ __type(name: "Query") { name } }'],
  ])("%s", async (_, code, within, beyond) => {
    const good = await door.ask(within);
    expect(good.json.errors).toBeUndefined();
    const began = performance.now();
    const bad = await door.ask(beyond);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(bad.status).toBe(400);
    expect(bad.json.errors).toHaveLength(1);
    expect(bad.json.errors[0].extensions.code).toBe(code);
    expect(bad.json.data).toBeUndefined();
  });

  it("counts the page sizes that variables ask for, their defaults, and what is no page size as the default", async () => {
    const query = "query ($n: Int = 3) { communities(first: $n) { nodes { name founded neighbours(first: $n) { nodes { id name } } } } }";
    expect((await door.ask(query)).json.errors).toBeUndefined();
    expect((await door.ask(query, { n: 10 })).json.errors).toBeUndefined();
    expect((await door.ask(query, { n: 60 })).json.errors[0].extensions).toMatchObject({ code: "OPERATION_TOO_COSTLY", limit: 2_000 });
    expect((await door.ask(query, { n: 1e9 })).json.errors[0].extensions.code).toBe("OPERATION_TOO_COSTLY");
    expect((await door.ask(query, { n: -5 })).json.errors).toBeUndefined();
  });

  it("does not unfold fragments that double to measure or count them", async () => {
    const began = performance.now();
    const answer = await door.ask(doubling);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(answer.json.errors[0].extensions.code).toBe("OPERATION_TOO_COSTLY");
  });

  it("is not led in circles by fragments", async () => {
    const answer = await door.ask("{ all { ...A } } fragment A on Community { name ...B } fragment B on Community { name ...A }");
    expect(answer.json.errors[0].extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});

describe("the platform's own schema, by the limits that are set when nothing else is", () => {
  const schema = buildSchema(readFileSync(join(__dirname, "..", "api.graphql"), "utf8"));
  const store = new OperationStore(schema, DEFAULT_LIMITS);
  const codesOf = (query: string) => store.check({ query }).map(({ extensions }) => extensions.code);
  const many = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index)).join(" ");
  const TYPES = "types { kind name description fields { name args { name type { kind name } } type { kind name ofType { name } } } }";

  it("is read whole by those who draw it", () => {
    expect(codesOf(getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, directiveIsRepeatable: true }))).toEqual([]);
  });

  it.each<[string, string]>([
    ["under aliases of the root", `{ ${many(20, (i) => `r${i}: __schema { ...F }`)} } fragment F on __Schema { ${TYPES} }`],
    ["under aliases within", `{ __schema { ${many(20, (i) => `t${i}: ${TYPES}`)} } }`],
    ["under both", `{ ${many(15, (i) => `r${i}: __schema { ...F }`)} } fragment F on __Schema { ${many(15, (i) => `t${i}: ${TYPES}`)} }`],
    [
      "by its largest type",
      `{ ${many(20, (i) => `r${i}: __type(name: "Query") { ...F }`)} } fragment F on __Type { ${many(60, (i) => `t${i}: fields { name type { name ofType { name } } args { name } }`)} }`,
    ],
    [
      "by a type that a variable names",
      `query ($n: String!) { ${many(20, (i) => `r${i}: __type(name: $n) { ...F }`)} } fragment F on __Type { ${many(60, (i) => `t${i}: fields { name type { name ofType { name } } args { name } }`)} }`,
    ],
  ])("is not read again and again in one request, %s", (_, query) => {
    expect(codesOf(query)).toEqual(["OPERATION_TOO_COSTLY"]);
  });

  it("is not led on by a filter: what lies below it multiplies by the rows, not by the filter's length", () => {
    const nested = (levels: number): string =>
      levels === 0 ? "id" : `exchanges(kinds: [VISIT]) { nodes { pairing { ${nested(levels - 1)} } } }`;
    expect(codesOf(`{ pairings(first: 100) { nodes { ${nested(1)} } } }`)).toEqual([]);
    expect(codesOf(`{ pairings(first: 100) { nodes { ${nested(2)} } } }`)).toEqual(["OPERATION_TOO_COSTLY"]);
    expect(codesOf(`{ pairings(first: 100) { nodes { ${nested(3).replaceAll("[VISIT]", "[]")} } } }`)).toEqual(["OPERATION_TOO_COSTLY"]);
  });
});
