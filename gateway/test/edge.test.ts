import { createHash } from "node:crypto";
import { type Answer, type Door, openDoor } from "./door";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const codesOf = ({ json }: Answer): string[] => json.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code);
/** What no answer may hold: SQL, stacks, addresses, names of other things. */
const TELLTALE = /did you mean|select |insert |node_modules|\bat .+\.[jt]s|https?:\/\/|postgres|ECONN|127\.0\.0\.1/i;

const JSON_HEADERS = { "content-type": "application/json" };

describe.each([
  ["in one process", false],
  ["over HTTP", true],
])("what nobody expected, %s", (_, split) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor({ split, settings: { bodyLimitBytes: 2_000_000 } });
  });
  afterAll(() => door.close());

  const post = (body: unknown) =>
    door.send("/graphql", { method: "POST", headers: JSON_HEADERS, body: typeof body === "string" ? body : JSON.stringify(body) });

  async function refused(asked: Promise<Answer>, code: string): Promise<void> {
    const answer = await asked;
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(codesOf(answer)).toEqual([code]);
    expect(answer.json.data).toBeUndefined();
    expect(answer.text).not.toMatch(TELLTALE);
  }

  it.each(["subscription { a }", "subscription S { __typename }", "query Q { __typename } subscription S { a }"])(
    "a subscription is refused as the client's mistake: %s",
    (query) => refused(post({ query }), "SUBSCRIPTIONS_NOT_SUPPORTED"),
  );

  const text = "{ __typename }";
  it.each<[string, unknown]>([
    ["extensions that are a text", "x"],
    ["extensions that are a list", []],
    ["a persisted query that is a text", { persistedQuery: "x" }],
    ["a persisted query that is true", { persistedQuery: true }],
    ["a persisted query without a hash", { persistedQuery: { version: 1 } }],
    ["a persisted query with a number for a hash", { persistedQuery: { version: 1, sha256Hash: 7 } }],
    ["a persisted query with an object for a hash", { persistedQuery: { version: 1, sha256Hash: { a: 1 } } }],
    ["a persisted query of another version", { persistedQuery: { version: 2, sha256Hash: sha256(text) } }],
    ["a persisted query with half a hash", { persistedQuery: { version: 1, sha256Hash: sha256(text).slice(32) } }],
    ["another document's hash", { persistedQuery: { version: 1, sha256Hash: sha256("{ a }") } }],
  ])("%s is a bad request", async (_name, extensions) => {
    await refused(post({ query: text, extensions }), "BAD_REQUEST");
    if (!isWhole(extensions)) await refused(post({ extensions }), "BAD_REQUEST");
    const search = new URLSearchParams({ query: text, extensions: JSON.stringify(extensions) });
    await refused(door.send(`/graphql?${search}`, { headers: { "apollo-require-preflight": "1" } }), "BAD_REQUEST");
  });

  /** Alone, a whole hash of an unknown document is no mistake: the text is asked for. */
  const isWhole = (extensions: unknown) => JSON.stringify(extensions).includes(sha256("{ a }"));

  it.each<[string, string, string]>([
    ["ten thousand aliases", `{ ${Array.from({ length: 10_000 }, (_x, i) => `a${i}: __typename`).join(" ")} }`, "TOO_MANY_TOKENS"],
    ["aliases within the tokens", `{ ${Array.from({ length: 400 }, (_x, i) => `a${i}: __typename`).join(" ")} }`, "TOO_MANY_ALIASES"],
    ["a name of a million characters", `{ ${"a".repeat(1_000_000)} }`, "GRAPHQL_VALIDATION_FAILED"],
    ["a directive a hundred times", `{ __typename ${"@include(if: true) ".repeat(100)} }`, "TOO_MANY_DIRECTIVES"],
    [
      "fragments in a circle",
      "{ all { ...A } } fragment A on Community { ...B } fragment B on Community { ...A }",
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["a fragment in itself", "{ all { ...A } } fragment A on Community { id ...A }", "GRAPHQL_VALIDATION_FAILED"],
    ["lists in lists in a document", `{ echo(labels: ${"[".repeat(900)}${"]".repeat(900)}) }`, "TOO_DEEP"],
    ["objects in objects in a document", `{ echo(labels: ${"{a:".repeat(400)}1${"}".repeat(400)}) }`, "TOO_DEEP"],
    ["a type in lists in lists", `query ($a: ${"[".repeat(900)}Int${"]".repeat(900)}) { __typename }`, "TOO_DEEP"],
  ])("%s: refused", (_name, query, code) => refused(post({ query }), code));

  it.each<[string, string, string]>([
    ["lists", "[", "]"],
    ["objects", '{"a":', "}"],
  ])("variables of %s within %s are refused before anything goes through them", async (_name, open, close) => {
    const nested = (depth: number) =>
      `{"query":"query ($l: Labels) { echo(labels: $l) }","variables":{"l":${open.repeat(depth)}1${close.repeat(depth)}}}`;
    expect((await post(nested(30))).json.errors).toBeUndefined();
    await refused(post(nested(100)), "BAD_REQUEST");
    await refused(post(nested(150_000)), "BAD_REQUEST");
  });

  it("a suggestion leaves with no answer, whatever is misspelt", async () => {
    for (const query of [
      "{ al { id } }",
      "{ all { nam } }",
      "{ communty(id: 1) { id } }",
      "{ all { ... on Communit { id } } }",
      "{ community(ix: 1) { id } }",
    ]) {
      await refusedSomehow(post({ query }));
    }
  });

  async function refusedSomehow(asked: Promise<Answer>): Promise<void> {
    const answer = await asked;
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(TELLTALE);
  }
});

it("introspection that is turned off is off by every way to ask for it", async () => {
  const door = await openDoor({ settings: { introspection: false } });
  try {
    for (const query of [
      "{ __schema { types { name } } }",
      '{ a: __type(name: "Community") { name } }',
      "{ ...F } fragment F on Query { __schema { queryType { name } } }",
      "query Q { ... on Query { __schema { queryType { name } } } }",
    ]) {
      const answer = await door.ask(query);
      expect(answer.status).toBe(400);
      expect(new Set(codesOf(answer))).toEqual(new Set(["INTROSPECTION_DISABLED"]));
    }
    expect((await door.ask("{ __typename }")).json).toEqual({ data: { __typename: "Query" } });
  } finally {
    await door.close();
  }
});
