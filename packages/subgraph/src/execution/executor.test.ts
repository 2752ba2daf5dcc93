import fc from "fast-check";
import { GraphQLError } from "graphql";
import { ANONYMOUS, type Call, PLATFORM } from "../identity";
import { bothWays } from "./differential";
import { createExecutor } from "./executor";
import { toySubgraph } from "./toy";

const call: Call = { viewer: ANONYMOUS, requestId: "request-1", script: null };
const ENTITIES =
  "query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Place { id name kind founded soft next { id } } } }";
const reference = (id: unknown) => ({ __typename: "Place", id });

describe("a compiled query answers as an interpreted one", () => {
  const execute = bothWays(toySubgraph());
  const CASES: [string, string, Record<string, unknown>][] = [
    ["lists, enums and scalars that are objects", "{ places { id name kind founded } }", {}],
    ["a missing record", '{ place(id: "9") { id } }', {}],
    ["nested objects", "{ places { next { next { next { id founded } } } } }", {}],
    ["interfaces", "{ named { __typename name ... on Place { id kind } ... on Team { members } } }", {}],
    ["unions told apart by class", "{ plain { __typename ... on Full { seatsLeft } ... on Joined { place { id } } } }", {}],
    ["unions told apart by a promise", "{ later { __typename ... on Full { seatsLeft } ... on Joined { place { id } } } }", {}],
    ["holes in lists", "{ holes }", {}],
    ["holes where there may be none", "{ strict places { id } }", {}],
    ["default arguments", "{ echo }", {}],
    ["inputs", '{ echo(filter: { kind: VILLAGE, founded: ["2020-01-01T00:00:00Z"] }, n: 5) }', {}],
    [
      "variables",
      "query ($f: Filter, $n: Int = 9) { echo(filter: $f, n: $n) }",
      { f: { kind: "URBAN", founded: ["2020-01-01T00:00:00Z"] } },
    ],
    ["a null variable", "query ($f: Filter, $n: Int) { echo(filter: $f, n: $n) }", { f: null }],
    [
      "skip and include",
      "query ($a: Boolean!, $b: Boolean!) { places { id @skip(if: $a) name @include(if: $b) ... on Place @skip(if: $b) { kind } } }",
      { a: true, b: false },
    ],
    ["fragments", "{ places { ...A next { ...A } } } fragment A on Place { i: id ...B } fragment B on Place { name kind }", {}],
    ["the same field twice", "{ places { next { id } next { name } } places { kind } }", {}],
    ["a nullable field that fails", "{ places { id soft } }", {}],
    ["a required field that fails", "{ places { id hard } }", {}],
    ["a required field that fails below a nullable one", "{ places { id next { id hard } } }", {}],
    ["a leaf of the wrong type", "{ places { id crooked } }", {}],
    ["entities", ENTITIES, { representations: [reference("1"), reference("9"), reference("2"), reference("3")] }],
    ["the SDL", "{ _service { sdl } }", {}],
    ["introspection", '{ __type(name: "Place") { name fields { name type { kind name } } } }', {}],
  ];

  it.each(CASES)("%s", async (name, query, variables) => {
    const asking = name === "the SDL" ? { ...call, viewer: PLATFORM } : call;
    // more than once: what is learnt at the first execution must not change the next
    for (let round = 0; round < 3; round++) {
      const { differences, compiled } = await execute({ query, variables }, asking);
      expect(differences).toEqual([]);
      expect(compiled.data).toBeDefined();
    }
  });

  it("a variable inside a literal, however often it is asked", async () => {
    const run = createExecutor(toySubgraph(), { compileAfter: 2 });
    const query = 'query ($id: ID!) { _entities(representations: [{ __typename: "Place", id: $id }]) { ... on Place { id } } }';
    for (const id of ["1", "2", "1", "3", "2", "1"]) {
      const { data } = await run({ query, variables: { id } }, call);
      expect(data).toEqual({ _entities: [{ id }] });
    }
  });

  it("refuses the same variables", async () => {
    const query = "query ($f: Filter!, $n: Int!) { echo(filter: $f, n: $n) }";
    for (const variables of [
      {},
      { f: {}, n: "1" },
      { f: { kind: "CITY" }, n: 1 },
      { f: { unknown: 1 }, n: 1 },
      { f: { founded: ["never"] }, n: 1 },
      { f: {}, n: 2 ** 40 },
    ]) {
      const { interpreted, compiled } = await execute({ query, variables }, call);
      expect(interpreted.data).toBeUndefined();
      expect(JSON.stringify(compiled)).toBe(JSON.stringify(interpreted));
    }
  });

  const leaves = fc.constantFrom("id", "name", "kind", "founded", "soft", "hard", "crooked", "__typename", "x: id", "y: soft");
  const { selection } = fc.letrec<{ selection: string; field: string }>((tie) => ({
    field: fc.oneof(
      { weight: 4, arbitrary: leaves },
      tie("selection").map((inner) => `next ${inner}`),
      tie("selection").map((inner) => `... on Place ${inner}`),
    ),
    selection: fc.array(tie("field"), { minLength: 1, maxLength: 5 }).map((fields) => `{ ${fields.join(" ")} }`),
  }));

  it("whatever is selected", async () => {
    await fc.assert(
      fc.asyncProperty(selection, async (fields) => {
        const { differences } = await execute({ query: `{ places ${fields} one: place(id: "2") ${fields} }` }, call);
        expect(differences).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe("the executor", () => {
  const subgraph = toySubgraph();
  const execute = createExecutor(subgraph, { documents: 50, compiled: 10, compileAfter: 2, maxTokens: 200, maxRepresentations: 3 });

  it("executes mutations once each", async () => {
    const result = await execute({ query: 'mutation { a: join(id: "1") { __typename } b: join(id: "2") { __typename } }' }, call);
    expect(JSON.stringify(result)).toBe('{"data":{"a":{"__typename":"Joined"},"b":{"__typename":"Full"}}}');
  });

  it("picks the operation that is named", async () => {
    const query = "query A { holes } query B { places { id } }";
    expect((await execute({ query, operationName: "A" }, call)).data).toEqual({ holes: ["a", null, "c"] });
    expect((await execute({ query }, call)).errors).toHaveLength(1);
  });

  it.each([
    ["a syntax error", "{ places {", "GRAPHQL_PARSE_FAILED"],
    ["too many tokens", `{ ${"holes ".repeat(300)} }`, "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", "{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
  ])("answers %s with a coded error", async (_, query, code) => {
    const { errors, data } = await execute({ query }, call);
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(data).toBeUndefined();
  });

  it("caps how many entities are asked for at once", async () => {
    const asked = (count: number) => execute({ query: ENTITIES, variables: { representations: Array(count).fill(reference("1")) } }, call);
    expect((await asked(3)).data?._entities).toHaveLength(3);
    expect((await asked(4)).errors?.[0]?.extensions.code).toBe("TOO_MANY_ENTITIES");
  });

  it("counts entities however they are asked for: by any variable, in the document, by several fields", async () => {
    const selection = "{ ... on Place { id } }";
    const inline = (count: number) => `_entities(representations: [${'{ __typename: "Place", id: "1" } '.repeat(count)}]) ${selection}`;
    const many = Array(4).fill(reference("1"));
    const codes = async (query: string, variables = {}) => {
      const { errors } = await execute({ query, variables }, call);
      return errors?.map(({ extensions }) => extensions.code);
    };
    expect(await codes(`{ ${inline(3)} }`)).toBeUndefined();
    expect(await codes(`{ ${inline(4)} }`)).toEqual(["TOO_MANY_ENTITIES"]);
    expect(await codes(`query ($anything: [_Any!]!) { _entities(representations: $anything) ${selection} }`, { anything: many })).toEqual([
      "TOO_MANY_ENTITIES",
    ]);
    expect(await codes(`{ ${inline(2)} other: ${inline(2)} }`)).toEqual(["TOO_MANY_ENTITIES"]);
  });

  it.each<[string, unknown]>([
    ["no type", { id: "1" }],
    ["an unknown type", { __typename: "Nothing", id: "1" }],
    ["a type that is no entity", { __typename: "Team", id: "1" }],
    ["a type that is no text", { __typename: 7, id: "1" }],
    ["no object", "1"],
  ])("refuses representations with %s as wrong input", async (_, representation) => {
    const { errors } = await execute({ query: ENTITIES, variables: { representations: [reference("1"), representation] } }, call);
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("gives plain values that nobody else holds", async () => {
    const { data } = await execute({ query: "{ places { founded } }" }, call);
    expect(data).toEqual({ places: [{ founded: "2001-01-01T00:00:00.000Z" }, { founded: "2001-01-02T00:00:00.000Z" }, { founded: null }] });
  });

  it("survives a context that cannot be made, and formats what comes of it", async () => {
    const broken = createExecutor({
      ...subgraph,
      createContext: () => {
        throw new Error("the pool at 10.0.0.1 is empty");
      },
    });
    const { errors } = await broken({ query: "{ holes }" }, call);
    expect(errors?.[0]).toBeInstanceOf(GraphQLError);
    expect(JSON.stringify(errors)).toBe('[{"message":"masked","extensions":{"code":"INTERNAL"}}]');
  });

  it("holds a thousand different documents in bounded memory", async () => {
    for (let i = 0; i < 300; i++) for (let use = 0; use < 3; use++) await execute({ query: `{ n${i}: holes }` }, call);
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 300; i < 1_300; i++) for (let use = 0; use < 3; use++) await execute({ query: `{ n${i}: holes }` }, call);
    global.gc?.();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60_000_000);
  });
});
