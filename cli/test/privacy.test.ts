import { Socket } from "node:net";
import { mkdtempSync, statSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeyRing, stableId, verifyAudit } from "@gongjian/database";
import { dataKeys, readSettings, SettingsError } from "@gongjian/settings";
import { LOCAL_ISSUER, type Membership } from "@gongjian/subgraph";
import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { pino } from "pino";
import { askInProcess } from "../src/import/ask";
import { openLocalIssuer } from "../src/platform/identity";
import { openAllInOne, type Platform } from "../src/platform/platform";
import { openDatabase } from "../src/platform/postgres";
import { SUBGRAPHS, subgraphNamed } from "../src/platform/subgraphs";

const community = stableId("community", "CN_STATS:510116001001");
const MOBILE = "13911139111";
const EMAIL = "canary-zhenzhu@example.cn";
const ID_NUMBER = "11010519491231002X";
const NAME = "金丝雀居民";
const NOTE = "三单元金丝雀家，下午来电";
/** In no log, no table and no error, in whatever part. */
const CANARIES = [MOBILE, "139 1113 9111", "canary-zhenzhu", ID_NUMBER, ID_NUMBER.toLowerCase(), NAME, "金丝雀家"];

let database: TestDatabase;
let platform: Platform;
let url: string;
const log: string[] = [];
const answers: string[] = [];
/** Every byte that goes to the database: what a slow-query log, a plan or a trace of the server could show. */
const sent: string[] = [];
const tokens: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase({ subgraphs: SUBGRAPHS as never });
  const port = Number(new URL(database.adminUrl).port);
  const write = Socket.prototype.write as (this: Socket, ...given: unknown[]) => boolean;
  jest.spyOn(Socket.prototype, "write").mockImplementation(function (this: Socket, ...given: unknown[]) {
    if (this.remotePort === port) sent.push(Buffer.from(given[0] as string).toString("utf8"));
    return write.apply(this, given);
  } as never);
  const settings = readSettings({
    NODE_ENV: "test",
    DATA_DIR: mkdtempSync(join(tmpdir(), "gongjian-test-")),
    LOG_LEVEL: "trace",
    PORT: "0",
  });
  const logger = pino({ level: "trace" }, { write: (line: string) => void log.push(line) });
  platform = await openAllInOne(settings, undefined, logger, ({ name }) => database.open(name));
  url = new URL("/graphql", await platform.gateway.listen(0)).href;
  const operator = askInProcess(platform);
  const regions = [
    { code: "510116", name: "双流区", level: "DISTRICT" },
    { code: "510116001", name: "华阳街道", level: "STREET", parentCode: "510116" },
  ];
  const communities = [{ scheme: "CN_STATS", identifier: "510116001001", name: "祥鹤社区居委会", kind: "URBAN", regionCode: "510116001" }];
  for (const [what, rows] of [
    ["Regions", regions],
    ["Communities", communities],
  ] as const)
    await operator(`mutation ($input: Import${what}Input!) { import${what}(input: $input) { ... on BulkOutcome { written } } }`, {
      input: { rows },
    });
  const local = await openLocalIssuer(settings);
  const people: Record<string, Membership> = {
    worker: { role: "COMMUNITY_WORKER", scope: `community:${community}` },
    resident: { role: "RESIDENT", scope: `community:${community}` },
    neighbour: { role: "RESIDENT", scope: `community:${community}` },
  };
  for (const [subject, membership] of Object.entries(people))
    tokens[subject] = await local.mint({ subject, memberships: [membership] }, 300);
}, 120_000);

afterAll(async () => {
  jest.restoreAllMocks();
  await platform.close();
  await database.close();
});

interface Body {
  data?: Record<string, any> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Sends over HTTP and keeps what must not hold a canary: all errors, and whole answers but those with data, which may be its owner's. */
async function send(who: string | null, body: unknown): Promise<Body> {
  const headers = { "content-type": "application/json", ...(who && { authorization: `Bearer ${tokens[who]}` }) };
  const response = await fetch(url, { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body) });
  const text = await response.text();
  const parsed = (text.startsWith("{") ? JSON.parse(text) : {}) as Body;
  answers.push(JSON.stringify(parsed.errors ?? []), parsed.data ? "" : text, JSON.stringify([...response.headers]));
  return parsed;
}

const ADD = `mutation Add($input: AddContactInput!) { r: addContact(input: $input) { __typename ... on Contact { id value } } }`;
const SAVE = `mutation Save($input: SavePersonalRecordInput!) { r: savePersonalRecord(input: $input) { __typename ... on PersonalRecord { id name mobile } } }`;
const VERIFY = `mutation Verify($input: VerifyIdNumberInput!) { r: verifyIdNumber(input: $input) { ... on IdNumberVerification { matchesIdNumber } } }`;
const RAISE = `mutation Raise($input: RaiseServiceRequestInput!) { r: raiseServiceRequest(input: $input) { ... on ServiceRequest { id contactNote } } }`;
const IMPORT = `mutation Import($input: ImportContactsInput!) { r: importContacts(input: $input) { ... on BulkOutcome { written } } }`;
const contact = { communityId: community, kind: "MOBILE", purpose: "值班", value: MOBILE };
const record = { name: NAME, idNumber: ID_NUMBER, mobile: MOBILE, communityId: community };

test("success and failure leave no private value in a log, a metric, an error or a table", async () => {
  const added = await send("worker", { query: ADD, variables: { input: { ...contact, idempotencyKey: "mobile" } } });
  expect(added.data?.["r"].value).toBe(`+86${MOBILE}`);
  expect((await send("worker", { query: ADD, variables: { input: { ...contact, kind: "EMAIL", value: EMAIL } } })).data?.["r"].value).toBe(
    EMAIL,
  );
  const saved = await send("resident", { query: SAVE, variables: { input: { ...record, idempotencyKey: "record" } } });
  expect(saved.data?.["r"].name).toBe(NAME);
  const recordId = saved.data?.["r"].id;
  const wish = { side: "WISH", communityId: community, topic: "CHILD_CARE", title: "看护", contactNote: NOTE, idempotencyKey: "note" };
  expect((await send("resident", { query: RAISE, variables: { input: wish } })).data?.["r"].contactNote).toBe(NOTE);
  const listed = { ...contact, purpose: "名单" };
  expect(
    (await send("worker", { query: IMPORT, variables: { input: { rows: [listed], idempotencyKey: "list" } } })).data?.["r"].written,
  ).toBe(true);
  expect(
    (await send("worker", { query: VERIFY, variables: { input: { recordId, idNumber: ID_NUMBER, idempotencyKey: "v" } } })).data?.["r"],
  ).toEqual({
    matchesIdNumber: true,
  });
  expect((await send("resident", { query: "{ exportMyData { json } }" })).data?.["exportMyData"].json).toContain(NAME);

  const failures: [string | null, unknown][] = [
    ["worker", { query: ADD, variables: { input: contact } }],
    ["neighbour", { query: SAVE, variables: { input: record } }],
    ["neighbour", { query: ADD, variables: { input: contact } }],
    [null, { query: ADD, variables: { input: contact } }],
    ["worker", { query: ADD, variables: { input: { ...contact, value: `${MOBILE}0` } } }],
    ["worker", { query: ADD, variables: { input: { ...contact, value: Number(MOBILE) } } }],
    ["worker", { query: ADD, variables: { input: { ...contact, kind: MOBILE } } }],
    ["worker", { query: ADD, variables: { input: MOBILE } }],
    ["resident", { query: RAISE, variables: { input: { ...wish, topic: NOTE } } }],
    [
      "worker",
      {
        query: IMPORT,
        variables: {
          input: {
            rows: [
              { ...listed, value: `${MOBILE}0` },
              { ...listed, kind: EMAIL },
            ],
          },
        },
      },
    ],
    ["worker", { query: ADD, variables: { input: { ...contact, oops: EMAIL } } }],
    ["worker", { query: ADD, variables: { input: { ...contact, value: `${EMAIL}\u0000` } } }],
    ["resident", { query: SAVE, variables: { input: { ...record, idNumber: `${ID_NUMBER}1`, expectedVersion: 1 } } }],
    ["resident", { query: SAVE, variables: { input: { ...record, expectedVersion: ID_NUMBER } } }],
    [
      "worker",
      {
        query: `mutation { addContact(input: {communityId: "${community}", kind: "${MOBILE}", purpose: 1, value: ${MOBILE}}) { __typename } }`,
      },
    ],
    ["worker", { query: `mutation { addContact "${EMAIL}" }` }],
    [
      "worker",
      { query: `mutation { verifyIdNumber(input: {recordId: "${recordId}", idNumber: "${ID_NUMBER}", x: "${NAME}"}) { __typename } }` },
    ],
    ["worker", `{"query": "${MOBILE}`],
    ["worker", { query: MOBILE, variables: MOBILE }],
  ];
  for (const [who, body] of failures) await send(who, body);
  await fetch(`${url}?query=${encodeURIComponent(`mutation { addContact(input: {value: "${MOBILE}"}) { __typename } }`)}`).then(
    async (answer) => answers.push(await answer.text()),
  );

  // what is no part of an operation, and pages that are not there
  const named = { query: `query N${MOBILE} { a${MOBILE}: regions { totalCount } }`, operationName: `N${MOBILE}` };
  for (const body of [
    named,
    { ...named, operationName: NAME },
    { ...named, extensions: { persistedQuery: { version: 1, sha256Hash: MOBILE } } },
  ])
    await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  for (const [method, path] of [
    ["GET", `/${MOBILE}`],
    ["GET", `/graphiql/${encodeURIComponent(NAME)}`],
    ["GET", `/graphql?query=${MOBILE}&operationName=${ID_NUMBER}`],
    ["GET", `/metrics?${ID_NUMBER}`],
    ["GET", `/ready/${EMAIL}`],
    ["DELETE", `/graphql/${MOBILE}`],
    ["PUT", `/graphql?x=${MOBILE}`],
  ] as const) {
    const page = await fetch(new URL(path, url), { method, headers: { "user-agent": EMAIL, "apollo-require-preflight": EMAIL } });
    answers.push(await page.text(), JSON.stringify([...page.headers]));
  }
  for (const authorization of [`Bearer ${MOBILE}`, `Basic ${EMAIL}`, ID_NUMBER]) {
    const page = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body: '{"query":"{__typename}"}',
    });
    answers.push(await page.text(), JSON.stringify([...page.headers]));
  }

  // a statement that the database refuses, with the row in the error's detail
  await database.sql("ALTER TABLE communities.contact ADD CONSTRAINT contact_no_more CHECK (kind <> 'ADDRESS') NOT VALID");
  const broken = await send("worker", { query: ADD, variables: { input: { ...contact, kind: "ADDRESS", value: `${NAME} ${MOBILE}` } } });
  expect(broken.errors?.[0]?.extensions?.code).toBe("INTERNAL");
  expect(log.join("")).toContain("contact_no_more");

  const metrics = await fetch(new URL("/metrics", url)).then((answer) => answer.text());
  const tables = await database.sql<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('communities', 'events', 'matching')",
  );
  const rows = await Promise.all(tables.map(({ name }) => database.sql(`SELECT t::text FROM ${name} t`)));
  const places: [string, string][] = [
    ["the log", log.join("")],
    ["the answers", answers.join("\n")],
    ["the metrics", metrics],
    ["the tables", JSON.stringify(rows)],
    ["what the database is sent", sent.join("\n")],
  ];
  expect(log.length).toBeGreaterThan(20);
  expect(sent.join("\n")).toContain("INSERT INTO");
  for (const [place, text] of places) {
    expect([place, text.length > 100]).toEqual([place, true]);
    expect([place, CANARIES.filter((canary) => text.includes(canary))]).toEqual([place, []]);
  }
});

/** First answers of two people, as they are kept for replays. */
const keepAnswers = (schema: string, key: string): Promise<unknown> =>
  database.sql(
    `INSERT INTO ${schema}.idempotency_record (viewer, key, operation, request_hash, result)
     SELECT $1 || chr(10) || s, $3, 'createEvent', 'h', jsonb_build_object('answer', s) FROM unnest($2::text[]) AS s`,
    [LOCAL_ISSUER, ["resident", "neighbour"], key],
  );

test("everybody gets what each subgraph stores about them, in one request, and nobody else's", async () => {
  const parts = ["exportMyData", "exportMyEventsData", "exportMyMatchingData"];
  const query = `{ ${parts.map((part) => `${part} { json }`).join(" ")} }`;
  await database.sql(
    `INSERT INTO events.audit_entry (issuer, subject, role, request_id, action, concept, entity_id)
     SELECT $1, s, 'RESIDENT', 'r', 'create', 'event', 'event of ' || s FROM unnest($2::text[]) AS s`,
    [LOCAL_ISSUER, ["resident", "neighbour"]],
  );
  for (const schema of ["events", "matching"]) await keepAnswers(schema, "told");
  const { data, errors } = await send("resident", { query });
  expect(errors).toBeUndefined();
  const [own, events, matching] = parts.map((part) => JSON.parse(data?.[part].json));
  expect([own, events, matching].map(({ subject }) => subject)).toEqual(["resident", "resident", "resident"]);
  expect(events.actions.map(({ entityId }: { entityId: string }) => entityId)).toEqual(["event of resident"]);
  expect(matching.actions).toEqual([]);
  for (const { answers } of [events, matching]) expect(answers).toMatchObject([{ key: "told", result: { answer: "resident" } }]);
  const refused = await send(null, { query });
  expect(refused.errors?.map(({ extensions }) => extensions?.code)).toEqual(parts.map(() => "UNAUTHENTICATED"));
});

test("everybody erases what each subgraph keeps about them, in one request; nobody else's goes, and every chain holds", async () => {
  const parts = ["erasePersonalData", "eraseEventsData", "eraseMatchingData"];
  const query = (input: string) => `mutation { erasePersonalData(input: ${input}) { __typename }
    ${parts.slice(1).map((part) => `${part}(input: ${input}) { __typename ... on OwnDataErased { answers } }`)} }`;
  for (const schema of ["events", "matching"]) {
    await database.sql(`DELETE FROM ${schema}.idempotency_record`);
    await keepAnswers(schema, "kept");
  }
  const kept = (schema: string) =>
    database.sql<{ viewer: string }>(`SELECT viewer FROM ${schema}.idempotency_record WHERE key = 'kept' ORDER BY viewer`);

  const others = `{ issuer: "${LOCAL_ISSUER}", subject: "neighbour", reason: "x" }`;
  for (const [who, code] of [
    ["resident", "FORBIDDEN"],
    [null, "UNAUTHENTICATED"],
  ] as const)
    expect((await send(who, { query: query(others) })).errors?.map(({ extensions }) => extensions?.code)).toContain(code);
  expect((await kept("events")).length + (await kept("matching")).length).toBe(4);

  const { data, errors } = await send("resident", { query: query("{}") });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    erasePersonalData: { __typename: "Erasure" },
    eraseEventsData: { __typename: "OwnDataErased", answers: 1 },
    eraseMatchingData: { __typename: "OwnDataErased", answers: 1 },
  });
  for (const schema of ["events", "matching"]) expect(await kept(schema)).toEqual([{ viewer: `${LOCAL_ISSUER}\nneighbour` }]);
  expect((await verifyAudit(database.adminUrl, ["communities", "events", "matching"])).map(({ problem }) => problem)).toEqual([
    null,
    null,
    null,
  ]);
});

test("the data keys: made once in demo mode for their owner alone, required otherwise where private data is stored", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "gongjian-test-"));
  const demo = { dataKeys: undefined, demoMode: true, dataDir };
  const made = dataKeys(demo);
  expect(KeyRing.parse(made).current).toBe("demo");
  expect(dataKeys(demo)).toBe(made);
  expect(statSync(join(dataDir, "data-keys")).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(dataDir, "data-keys"), "utf8").trim()).toBe(made);
  const production = readSettings({ NODE_ENV: "production", INTERNAL_SECRET: "s".repeat(40), DATABASE_URL: database.adminUrl });
  const open = (name: string) => openDatabase(production, subgraphNamed(name), database.adminUrl, pino({ level: "silent" }));
  await expect(open("communities")).rejects.toThrow(SettingsError);
  await expect(open("communities")).rejects.toThrow("DATA_KEYS: missing");
});
