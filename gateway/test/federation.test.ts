import { type Door, openDoor } from "./door";

/** In-process and over HTTP a subgraph gives the same answers, to the byte. */
const OPERATIONS: [string, string, object?][] = [
  ["entities both ways", "{ all { id name events { id title host { name founded } } busy } }"],
  ["custom scalars that are objects", "{ community(id: 1) { founded labels } echo(labels: { a: [1, { b: null }] }) }"],
  ["scalars as variables", "query ($l: Labels) { echo(labels: $l) }", { l: { deep: [{ x: 1.5 }], 名: "值" } }],
  [
    "connections",
    "query ($n: Int!) { communities(first: $n) { totalCount edges { cursor node { name neighbours { nodes { id } } } } } }",
    { n: 3 },
  ],
  ["interfaces", "{ parties { __typename name ... on Person { age } ... on Community { id busy } } }"],
  ["a missing record", "{ community(id: 77) { id } event(id: 1) { id missing { name } } }"],
  ["a missing record that must be there", "{ event(id: 1) { id needed { name } } }"],
  ["a nullable field that fails", "{ all { id broken } }"],
  ["a required field that fails", "{ community(id: 1) { id brokenRequired } other: community(id: 2) { id } }"],
  ["an entity's field that fails", "{ events { id host { id broken } } }"],
  [
    "a mutation",
    'mutation { a: rename(id: 1, name: "x") { ... on Community { id name events { id } } } b: rename(id: 1, name: "taken") { __typename ... on NameTaken { by { name } } } }',
  ],
  [
    "skip and include",
    "query ($yes: Boolean!) { all { id name @skip(if: $yes) founded @include(if: $yes) events @skip(if: $yes) { id } } }",
    { yes: true },
  ],
  [
    "fragments and aliases",
    "{ a: community(id: 1) { ...F } b: community(id: 2) { ...F } } fragment F on Community { i: id n: name e: events { t: title } }",
  ],
  ["a variable of the wrong type", "query ($n: Int!) { communities(first: $n) { totalCount } }", { n: "three" }],
  ["introspection", '{ __schema { queryType { name } } __type(name: "Community") { fields { name } } }'],
  ["no such field", "{ nothing }"],
];

describe("the two kinds of endpoint", () => {
  let single: Door;
  let split: Door;
  beforeAll(async () => {
    [single, split] = await Promise.all([openDoor(), openDoor({ split: true })]);
  });
  afterAll(async () => {
    await Promise.all([single.close(), split.close()]);
  });

  it.each(OPERATIONS)("agree on %s, interpreted and compiled", async (...[, query, variables]) => {
    const seen = new Set<string>();
    for (let round = 0; round < 8; round++) {
      const [a, b] = await Promise.all([single.ask(query, variables), split.ask(query, variables)]);
      expect(a.text).toBe(b.text);
      expect(a.status).toBe(b.status);
      seen.add(a.text);
    }
    expect([...seen]).toHaveLength(1);
    expect([...seen][0]).toMatchSnapshot();
  });

  it("hand the viewer, the request id and the script on", async () => {
    for (const door of [single, split]) {
      const token = await door.issuer.mint({ subject: "wang", memberships: [{ role: "OFFICER", scope: "region:510116" }] }, 60);
      const headers = {
        authorization: `Bearer ${token}`,
        "x-request-id": "request-0001",
        "accept-language": "en, zh-TW;q=0.9, zh-CN;q=0.5",
      };
      const answer = await door.ask("{ me { subject roles requestId script } }", {}, headers);
      expect(answer.json.data.me).toEqual({
        subject: "wang",
        roles: ["OFFICER region:510116"],
        requestId: "request-0001",
        script: "zh-Hant",
      });
      expect(answer.headers.get("x-request-id")).toBe("request-0001");
      const anonymous = await door.ask("{ me { subject roles } }");
      expect(anonymous.json.data.me).toEqual({ subject: "anonymous", roles: [] });
      expect(door.log.join("")).not.toContain(token);
    }
  });
});
