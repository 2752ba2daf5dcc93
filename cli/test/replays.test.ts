import { connect } from "node:net";
import { stableId } from "@gongjian/database";
import { openLocalIssuer } from "../src/platform/identity";
import { testPlatform, type TestPlatform } from "./platform";
import { Relay } from "./relay";

const community = stableId("community", "CN_STATS:510116001001");
let story: TestPlatform;
let url: string;
let admin: string;
let other: string;

/** What lies between events and its database: cut, the database is away, for this subgraph alone. */
const line = new Relay();

beforeAll(async () => {
  await line.open();
  story = await testPlatform((database, name) => (name === "events" ? { url: line.through(database.urls[name]!) } : {}));
  url = `${await story.platform.gateway.listen(0)}/graphql`;
  const issuer = await openLocalIssuer(story.settings);
  const token = (subject: string) => issuer.mint({ subject, memberships: [{ role: "ADMIN", scope: "*" }] }, 600);
  [admin, other] = await Promise.all([token("first"), token("second")]);
  const regions = [
    { code: "51", name: "四川省", level: "PROVINCE", scheme: "CN_STATS" },
    { code: "5101", name: "成都市", level: "CITY", parentCode: "51", scheme: "CN_STATS" },
    { code: "510116001", name: "华阳街道", level: "STREET", parentCode: "5101", scheme: "CN_STATS" },
  ];
  const communities = [{ scheme: "CN_STATS", identifier: "510116001001", name: "祥鹤社区居委会", kind: "URBAN", regionCode: "510116001" }];
  for (const [name, rows] of [
    ["Regions", regions],
    ["Communities", communities],
  ] as const)
    await ask(admin, `mutation ($input: Import${name}Input!) { answer: import${name}(input: $input) { __typename } }`, { rows });
}, 120_000);
afterAll(async () => {
  await story.close();
  await line.cut();
});

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
type Answer = { data: any; errors?: { path?: unknown[]; extensions: { code: string; retryAfter?: number } }[] };

const bodyOf = (query: string, input?: object): string => JSON.stringify({ query, ...(input && { variables: { input } }) });

async function ask(token: string, query: string, input?: object): Promise<Answer> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await fetch(url, { method: "POST", headers, body: bodyOf(query, input) });
  return (await response.json()) as Answer;
}

/** Sends a request and hangs up before its answer can come. */
function sendAndLeave(token: string, query: string, input: object): Promise<void> {
  const { hostname, port } = new URL(url);
  const body = bodyOf(query, input);
  const head = `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\nauthorization: Bearer ${token}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(head + body, () => socket.destroy()));
    socket.once("close", () => resolve()).once("error", reject);
  });
}

const mutation = (name: string, selection: string): string =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { answer: ${name}(input: $input) { __typename ${selection} } }`;

/** One mutation of each subgraph, what makes its input another one, and how many records it left. */
const CASES: [string, string, object, object, string][] = [
  [
    "raiseSuggestion",
    "... on Suggestion { id version }",
    { communityId: community, title: "增设车棚", body: "希望增设车棚", topic: "TRANSPORT" },
    { body: "希望增设两处车棚" },
    "SELECT count(*)::integer AS n FROM communities.suggestion",
  ],
  [
    "createEventSeries",
    "... on EventSeries { id version }",
    { key: "salon", name: "有约", regionCode: "510116001" },
    { name: "另约" },
    "SELECT count(*)::integer AS n FROM events.event_series",
  ],
  [
    "createRound",
    "... on Round { id version }",
    { key: "2024", regionCode: "510116001", title: "清单", year: 2024 },
    { title: "另一清单" },
    "SELECT count(*)::integer AS n FROM matching.round",
  ],
];

const count = async (sql: string): Promise<number> => (await story.database.sql<{ n: number }>(sql))[0]!.n;

test.each(CASES)(
  "%s: twenty replays at once are one write, another body is told apart, and another viewer is nobody's replay",
  async (name, selection, input, change, sql) => {
    const query = mutation(name, selection);
    const keyed = { ...input, idempotencyKey: `key-${name}` };
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(admin, query, keyed)));
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(answers[0]!.data.answer.id).toBeDefined();
    const written = await count(sql);
    expect((await ask(admin, query, { ...keyed, ...change })).data.answer.__typename).toBe("IdempotencyConflict");
    expect(await count(sql)).toBe(written);
    const independent = (await ask(other, query, keyed)).data.answer;
    expect(independent.__typename).not.toBe("IdempotencyConflict");
    expect(independent.id).not.toBe(answers[0]!.data.answer.id);
  },
);

test("whoever lost the connection before the answer came sends again and gets it: one write", async () => {
  const query = mutation("raiseSuggestion", "... on Suggestion { id version }");
  const sql = "SELECT count(*)::integer AS n FROM communities.suggestion WHERE title = '断线'";
  const input = { communityId: community, title: "断线", body: "断线之后再发一次", topic: "OTHER", idempotencyKey: "lost" };
  await Promise.all(Array.from({ length: 5 }, () => sendAndLeave(admin, query, input)));
  const again = await ask(admin, query, input);
  const once = await ask(admin, query, input);
  expect(again.data.answer.id).toBeDefined();
  expect(once.data).toEqual(again.data);
  expect(await count(sql)).toBe(1);
});

test("a subgraph whose database is away says so and when to try again; the others' answers stay, and it comes back by itself", async () => {
  const query = `{ community(id: "${community}") { name } eventSeriesByKey(key: "salon") { name } }`;
  await line.cut();
  const away = await ask(admin, query);
  expect(away.data.community).toEqual({ name: "祥鹤社区居委会" });
  expect(away.data.eventSeriesByKey).toBeNull();
  expect(away.errors?.map(({ path, extensions }) => [path, extensions.code, extensions.retryAfter])).toEqual([
    [["eventSeriesByKey"], "SERVICE_UNAVAILABLE", 2],
  ]);
  expect(JSON.stringify(away.errors)).not.toMatch(/postgres|ECONN|127\.0|gongjian_/u);
  await line.open();
  const whole = await ask(admin, query);
  expect(whole).toEqual({ data: { community: { name: "祥鹤社区居委会" }, eventSeriesByKey: { name: "有约" } } });
});
