import { join } from "node:path";
import { localIssuer } from "@gongjian/subgraph";
import { ask, dataDir, endAll, gongjian, PATIENCE_MS, postmasterOf, type Running, until, urlOf } from "./processes";
import { audited, replay, sql, Stream, unfinishedKeys, type Write } from "./writes";

jest.setTimeout(3 * PATIENCE_MS);

const REGION = `mutation ($input: ImportRegionsInput!) { importRegions(input: $input) { ... on BulkOutcome { written } } }`;
const ENOUGH = 12;
/** What a caller may learn of a database that is away. */
const CODES = new Set(["INTERNAL", "SERVICE_UNAVAILABLE", "SERVICE_TIMEOUT"]);

const data = dataDir();
let server: Running;
let url: string;
let token: string;
const all: Write[] = [];

async function up(): Promise<void> {
  server = gongjian(["start", "--no-demo"], { DATA_DIR: data });
  url = await urlOf(server);
}

beforeAll(async () => {
  await up();
  const issuer = await localIssuer(join(data, "keys"));
  const admin = await issuer.mint({ subject: "admin", memberships: [{ role: "ADMIN", scope: "*" }] }, 3_600);
  const rows = [{ code: "51", scheme: "CN_STATS", name: "四川省", level: "PROVINCE" }];
  const { data: answer } = await ask(url, REGION, { input: { rows } }, admin);
  expect(answer).toEqual({ importRegions: { written: true } });
  token = await issuer.mint({ subject: "officer", memberships: [{ role: "OFFICER", scope: "region:51" }] }, 3_600);
});
afterEach(() => Stream.stopAll());
afterAll(endAll);

async function streaming(name: string): Promise<Stream> {
  const stream = new Stream(url, token, name);
  await until("acknowledged writes", () => stream.acknowledgements >= ENOUGH);
  return stream;
}

/** Everything acknowledged is there, with one audit entry a record, nothing is half done, and a replay changes none of it. */
async function expectWhole(stream: Stream): Promise<void> {
  const { writes } = stream;
  all.push(...writes);
  const before = await audited(data);
  expect([...before.values()].filter((entries) => entries !== 1)).toEqual([]);
  expect(await unfinishedKeys(data)).toEqual([]);
  for (const { keys, result } of writes) {
    const there = keys.filter((key) => before.has(key)).length;
    expect(result === null ? [0, keys.length] : [keys.length]).toContain(there);
  }
  const replayed = await replay(url, token, writes);
  for (const [index, { result }] of writes.entries()) {
    expect(replayed[index]).toMatchObject({ __typename: expect.stringMatching(/^(Organisation|BulkOutcome)$/) });
    if (result !== null) expect(replayed[index]).toEqual(result);
  }
  expect(await replay(url, token, writes)).toEqual(replayed);
  const after = await audited(data);
  expect(new Map([...after].sort())).toEqual(new Map(all.flatMap(({ keys }) => keys.map((key): [string, number] => [key, 1])).sort()));
}

/** Only constant answers came while the database was away, and they say nothing of it. */
function expectTyped({ errors }: Stream): void {
  expect(errors.filter(({ extensions }) => !CODES.has(extensions.code))).toEqual([]);
  expect(errors.filter((error) => /ECONN|terminat|shutting|postgres|127\.0/i.test(JSON.stringify(error)))).toEqual([]);
}

async function expectRecovery(stream: Stream): Promise<void> {
  const then = stream.acknowledgements;
  await until("writes to be acknowledged again", () => stream.acknowledgements >= then + ENOUGH);
  await stream.stop();
  expectTyped(stream);
  expect(stream.writes.filter(({ result }) => result === null)).toEqual([]);
  await expectWhole(stream);
}

test("kill -9 of the server: after the next start, which takes over its database, every acknowledged write is there", async () => {
  const stream = await streaming("server");
  const postmaster = postmasterOf(data);
  server.signalAll("SIGKILL");
  await server.ended;
  await stream.stop();
  expect(stream.cutOff).toBeGreaterThan(0);
  await up();
  expect(postmasterOf(data)).toBe(postmaster);
  await expectWhole(stream);
});

test("kill -9 of the server and its database together: the same", async () => {
  const stream = await streaming("both");
  const postmaster = postmasterOf(data) as number;
  server.signalAll("SIGKILL");
  process.kill(postmaster, "SIGKILL");
  await server.ended;
  await stream.stop();
  await up();
  expect(postmasterOf(data)).not.toBe(postmaster);
  await expectWhole(stream);
});

test.each(["SIGKILL", "SIGINT"] as const)("%s to the database alone: the server starts it again and goes on", async (signal) => {
  const stream = await streaming(signal);
  const postmaster = postmasterOf(data) as number;
  process.kill(postmaster, signal);
  await until("the database to end", () => postmasterOf(data) !== postmaster);
  await until("the database to be back", () => postmasterOf(data));
  await expectRecovery(stream);
  expect(stream.cutOff).toBe(0);
  expect(server.isOver).toBe(false);
});

test("all connections of the database ended at once, twice: the server goes on", async () => {
  const stream = await streaming("terminated");
  for (let times = 0; times < 2; times++) {
    await until("connections to end", async () => {
      const rows = await sql(
        data,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
      );
      return rows.length > 0;
    });
  }
  await expectRecovery(stream);
  expect(stream.cutOff).toBe(0);
});

test("after all that the audit trail is whole", async () => {
  const cli = gongjian(["audit", "verify"], { DATA_DIR: data });
  expect(await cli.ended).toEqual({ code: 0, signal: null });
  expect(cli.out).toMatch(/^ok {3}communities: (\d+) entries$/m);
  expect(Number(/communities: (\d+)/.exec(cli.out)?.[1])).toBeGreaterThanOrEqual(all.length);
});
