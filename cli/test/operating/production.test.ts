import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDir, endAll, freePorts, gongjian, PATIENCE_MS, type Running, until } from "../faults/processes";
import { Relay } from "../relay";
import { asAdmin, dropAll, emptyDatabase, PASSWORD, ROLE_PREFIX } from "./database";
import { Provider } from "./provider";

jest.setTimeout(4 * PATIENCE_MS);

const TRUST_SECONDS = 1;
const NAMES = ["communities", "events", "matching"] as const;
const provider = new Provider();
/** Before events' database, and before two processes of communities. */
const [line, balancer] = [new Relay(), new Relay()];
const folder = dataDir();
const secret = randomBytes(32).toString("base64");
const DATA_KEYS = `k1:${randomBytes(32).toString("base64")}`;

let adminUrl: string;
/** What `gongjian migrate` is given, and every command of the operator. */
let operator: Record<string, string>;
/** What every service is given. */
let common: Record<string, string>;
let roleUrl: (name: string, through?: Relay) => Record<string, string>;
const services = new Map<string, Running>();
const urls = new Map<string, string>();
let url: string;
let migrated: { code: number | null; out: string; err: string };

const command = async (args: readonly string[], env: Record<string, string | undefined> = operator) => {
  const running = gongjian(args, { LOG_LEVEL: undefined, ...env });
  const { code } = await running.ended;
  return { code, out: running.out, err: running.err };
};

function serve(key: string, name: string, env: Record<string, string>): void {
  services.set(key, gongjian(["serve", name], env));
}

beforeAll(async () => {
  await Promise.all([provider.open(), line.open(), balancer.open()]);
  adminUrl = await emptyDatabase("missing");
  roleUrl = (name, through) => {
    const plain = Object.assign(new URL(adminUrl), { username: `${ROLE_PREFIX}_${name}`, password: `${PASSWORD}-${name}` }).href;
    return { [`${name.toUpperCase()}_DATABASE_URL`]: through ? through.through(plain) : plain };
  };
  const [a, b, events, matching] = (await freePorts(4)).map(String) as [string, string, string, string];
  balancer.balance([Number(a), Number(b)]);
  common = {
    NODE_ENV: "production",
    DATA_DIR: folder,
    INTERNAL_SECRET: secret,
    ...provider.settings,
    MEMBERSHIP_TRUST_SECONDS: String(TRUST_SECONDS),
    COMMUNITIES_URL: `http://127.0.0.1:${balancer.port}`,
    EVENTS_URL: `http://127.0.0.1:${events}`,
    MATCHING_URL: `http://127.0.0.1:${matching}`,
  };
  operator = {
    ...common,
    DATABASE_URL: adminUrl,
    DATABASE_ROLE_PREFIX: ROLE_PREFIX,
    ...Object.assign({}, ...NAMES.map((name) => roleUrl(name))),
  };
  migrated = await command(["migrate"]);
  for (const [key, port] of [
    ["communities", a],
    ["communities again", b],
  ] as const)
    serve(key, "communities", { ...common, ...roleUrl("communities"), DATA_KEYS, COMMUNITIES_PORT: port });
  serve("events", "events", { ...common, ...roleUrl("events", line), EVENTS_PORT: events });
  serve("matching", "matching", { ...common, ...roleUrl("matching"), MATCHING_PORT: matching });
  serve("gateway", "gateway", common);
  for (const [key, running] of services) urls.set(key, await running.said(/: (http:\S+)\/graphql\n/));
  url = urls.get("gateway")!;
});
afterAll(async () => {
  await endAll();
  await Promise.all([provider.close(), line.cut(), balancer.cut()]);
  await dropAll();
});

interface Answered {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
  data?: any;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
  errors?: { message: string; extensions: any }[];
}

async function ask(token: string | null, query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", connection: "close", ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, ...((await response.json()) as object) };
}
const page = async (service: string, path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${urls.get(service)}${path}`, { headers: { connection: "close" } });
  return { status: response.status, text: await response.text() };
};
const linesOf = (key: string): Record<string, unknown>[] =>
  services
    .get(key)!
    .err.split("\n")
    .slice(0, -1)
    .map((text) => JSON.parse(text) as Record<string, unknown>);

const REGIONS = "{ regions(first: 9) { nodes { code } } }";
const GRANT = "mutation ($input: GrantMembershipInput!) { r: grantMembership(input: $input) { __typename } }";
const grants = async (token: string): Promise<string> => {
  const input = { subject: randomBytes(6).toString("hex"), role: "AUDITOR", scope: "*", issuer: provider.issuer };
  const { data, errors } = await ask(token, GRANT, { input });
  return errors?.[0]?.extensions.code ?? data.r.__typename;
};
const forgotten = () => new Promise((done) => setTimeout(done, TRUST_SECONDS * 1000 + 100));

test("gongjian migrate makes the database, a schema and a login for each subgraph, and runs the migrations", async () => {
  expect(migrated).toMatchObject({ code: 0, out: expect.stringMatching(/^Ran \d+ migrations:\n/) });
  const roles = await asAdmin(adminUrl, `SELECT rolname FROM pg_roles WHERE rolname LIKE '${ROLE_PREFIX}\\_%' AND rolcanlogin ORDER BY 1`);
  expect(roles.map(({ rolname }) => rolname)).toEqual(NAMES.map((name) => `${ROLE_PREFIX}_${name}`));
  const schemas = await asAdmin(adminUrl, `SELECT DISTINCT schemaname FROM pg_tables WHERE tablename = 'audit_entry' ORDER BY 1`);
  expect(schemas.map(({ schemaname }) => schemaname)).toEqual([...NAMES]);
});

test("gongjian migrate by a login that may not create roles is refused in a line, with exit code 1", async () => {
  const { code, err } = await command(["migrate"], { ...operator, DATABASE_URL: await emptyDatabase("plain") });
  expect([code, err.trim().split("\n").length]).toEqual([1, 1]);
  expect(err).toMatch(/^gongjian: The login of DATABASE_URL may not create roles or schemas\./);
});

test("each service runs with the secret, where the others are, and its own login alone, and answers /health, /ready and /metrics", async () => {
  for (const key of services.keys()) {
    expect([key, (await page(key, "/health")).status]).toEqual([key, 200]);
    await until(`${key} to be ready`, async () => (await page(key, "/ready")).status === 200);
    expect((await page(key, "/metrics")).text).toMatch(/^gongjian_requests_in_flight\{service="\w+"\} \d+$/m);
  }
});

test("what a service serves goes to standard output, its log to standard error, in production a JSON object a line", () => {
  for (const [key, running] of services) {
    expect(running.out).toBe(`${key.split(" ")[0]}: ${urls.get(key)}/graphql\n`);
    expect(linesOf(key).every(({ level, time, name }) => typeof level === "number" && Boolean(time) && key.startsWith(String(name)))).toBe(
      true,
    );
  }
});

test("while a database is away /ready says 503, of its subgraph and of the gateway, /health goes on, and both are ready again with it", async () => {
  await line.cut();
  expect((await page("events", "/ready")).status).toBe(503);
  await until("the gateway to tell", async () => (await page("gateway", "/ready")).status === 503);
  expect(JSON.parse((await page("gateway", "/ready")).text)).toMatchObject({ services: { communities: "ok", events: "unavailable" } });
  for (const key of ["events", "gateway"]) expect((await page(key, "/health")).status).toBe(200);
  expect((await page("matching", "/ready")).status).toBe(200);
  await line.open();
  await until("events to be ready", async () => (await page("events", "/ready")).status === 200);
  await until("the gateway to be ready", async () => (await page("gateway", "/ready")).status === 200);
});

describe("a fresh installation", () => {
  const held = ["--subject", "00u1ab", "--role", "admin", "--reason"];
  const token = () => provider.token("00u1ab");

  test("lets nobody grant; the operator, whose commands need what gongjian migrate needs, makes an administrator, who can", async () => {
    expect(await grants(token())).toBe("FORBIDDEN");
    expect(await command(["grant", ...held, "first administrator"])).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(`^00u1ab of ${provider.issuer} is ADMIN over \\*: membership [0-9a-f-]{36}\n$`),
    });
    await forgotten();
    expect(await grants(token())).toBe("Membership");
  });

  test("refuses a token that was stolen after gongjian revoke-token, and takes its holder's next one", async () => {
    const [stolen, next] = [token(), token()];
    expect(await grants(stolen)).toBe("Membership");
    expect(await command(["revoke-token", "--token", stolen])).toMatchObject({ code: 0, err: "" });
    await forgotten();
    expect(await grants(stolen)).toBe("UNAUTHENTICATED");
    expect(await grants(next)).toBe("Membership");
  });

  test("imports a file with bad rows with exit code 2, and writes nothing of it", async () => {
    const path = join(folder, "..", "regions.csv");
    writeFileSync(
      path,
      "code,name,level,kind,scheme\n11,北京市,PROVINCE,ADMINISTRATIVE,CN_STATS\n12,天津市,NONSENSE,ADMINISTRATIVE,CN_STATS\n",
    );
    const bad = await command(["import", "regions", path, "--url", `${url}/graphql`, "--token", token(), "--lang", "en"]);
    expect(bad).toMatchObject({
      code: 2,
      err: "",
      out: expect.stringContaining("1 refused (nothing written)"),
    });
    expect((await ask(null, REGIONS)).data.regions.nodes).toEqual([]);
  });

  test("writes once through whichever process of a subgraph is asked, and goes on with one of two", async () => {
    const WRITE = "mutation ($input: ImportRegionsInput!) { r: importRegions(input: $input) { ... on BulkOutcome { written created } } }";
    const city = (at: number) => ({ code: `51${10 + at}`, scheme: "CN_STATS", name: "某市", level: "CITY", parentCode: "51" });
    const all = () =>
      Promise.all(
        Array.from({ length: 12 }, (_, at) => ask(token(), WRITE, { input: { idempotencyKey: `key-${at % 4}`, rows: [city(at % 4)] } })),
      );
    const results = ({ data, errors }: Answered): unknown => errors ?? data.r;
    const once = Array.from({ length: 12 }, () => ({ written: true, created: 1 }));
    const province = { rows: [{ code: "51", scheme: "CN_STATS", name: "四川省", level: "PROVINCE" }] };
    expect(results(await ask(token(), WRITE, { input: province }))).toEqual({ written: true, created: 1 });
    expect((await all()).map(results)).toEqual(once);
    for (const key of ["communities", "communities again"])
      expect((await page(key, "/metrics")).text).toMatch(/gongjian_request_duration_seconds_count\{[^}]*outcome="ok"\} [1-9]/);
    const first = services.get("communities")!;
    first.signal("SIGTERM");
    expect(await first.ended).toEqual({ code: 0, signal: null });
    await until("answers to be whole", async () => (await ask(null, REGIONS)).data?.regions?.nodes.length === 5);
    // a write that was on its way to the process that ended may have to be sent again, under its key
    await until("writes to be taken", async () => {
      const got = (await all()).map(results);
      expect(got.filter(Array.isArray).filter(([error]) => error.extensions.code !== "SERVICE_UNAVAILABLE")).toEqual([]);
      return JSON.stringify(got) === JSON.stringify(once);
    });
    const [count] = await asAdmin(adminUrl, "SELECT count(*)::int AS n FROM communities.audit_entry WHERE concept = 'region'");
    expect(count).toEqual({ n: 5 });
  });

  test("takes a role away with gongjian revoke, and its trail says who gave and took it, and why", async () => {
    expect(await command(["revoke", ...held, "left the office"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("no longer ADMIN"),
    });
    await forgotten();
    expect(await grants(token())).toBe("FORBIDDEN");
    const trail = await asAdmin(
      adminUrl,
      `SELECT subject, action, after ->> 'reason' AS reason FROM communities.audit_entry WHERE subject = 'operator' AND concept = 'membership' ORDER BY id`,
    );
    expect(trail).toMatchObject([{ reason: "first administrator" }, { reason: "left the office" }]);
  });
});

test("a failure has one id for whoever asked and for the log of the service that failed, with its cause and the request's id", async () => {
  await asAdmin(adminUrl, `REVOKE SELECT ON events.event_series FROM ${ROLE_PREFIX}_events`);
  const { headers, errors } = await ask(null, `{ eventSeriesByKey(key: "x") { name } }`, {}, { "x-request-id": "asked-by-a-test" });
  await asAdmin(adminUrl, `GRANT SELECT ON events.event_series TO ${ROLE_PREFIX}_events`);
  expect(headers.get("x-request-id")).toBe("asked-by-a-test");
  expect(errors).toMatchObject([{ extensions: { code: "INTERNAL", errorId: expect.any(String) } }]);
  const told = () => linesOf("events").find(({ errorId }) => errorId === errors![0]!.extensions.errorId);
  const found = await until("the line", told);
  expect(found).toMatchObject({ requestId: "asked-by-a-test", level: 50, err: { message: expect.stringContaining("permission denied") } });
  expect(JSON.stringify(errors)).not.toContain("permission denied");
});
