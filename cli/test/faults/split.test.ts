import { existsSync } from "node:fs";
import { join } from "node:path";
import { localIssuer } from "@gongjian/subgraph";
import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { readSettings } from "@gongjian/settings";
import { pino } from "pino";
import { askInProcess } from "../../src/import/ask";
import { openAllInOne } from "../../src/platform/platform";
import { SUBGRAPHS } from "../../src/platform/subgraphs";
import {
  ask,
  childrenOf,
  dataDir,
  endAll,
  freePorts,
  gongjian,
  isAlive,
  PATIENCE_MS,
  ready,
  type Running,
  until,
  urlOf,
} from "./processes";

jest.setTimeout(3 * PATIENCE_MS);

const TIMEOUT_MS = 1_500;
const NAMES = ["communities", "events", "matching"] as const;
const QUESTION = `{ roundByKey(key: "r") { title year region { code name } } events(first: 1) { nodes { name } } }`;
const WHOLE = { roundByKey: { title: "清单", year: 2024, region: { code: "51", name: "四川省" } }, events: { nodes: [] } };
const WITHOUT_COMMUNITIES = { ...WHOLE, roundByKey: { ...WHOLE.roundByKey, region: null } };
const SETTINGS = { INTERNAL_SECRET: "s".repeat(40), SUBGRAPH_TIMEOUT_MS: String(TIMEOUT_MS), BREAKER_COOLDOWN_MS: "300" };

let database: TestDatabase;
let env: Record<string, string>;
const services = new Map<string, Running>();
let url: string;
/** Sees the round, which is a draft. */
let token: string;
const question = (at = url) => ask(at, QUESTION, {}, token);

/** A region and its round, which lie in two subgraphs. */
async function tellStory(data: string): Promise<void> {
  const settings = readSettings({ NODE_ENV: "test", DATA_DIR: data });
  const platform = await openAllInOne(settings, undefined, pino({ level: "silent" }), ({ name }) => database.open(name));
  try {
    const operator = askInProcess(platform);
    const row = { code: "51", scheme: "CN_STATS", name: "四川省", level: "PROVINCE" };
    const written = await operator(
      `mutation ($row: RegionRow!) { importRegions(input: { rows: [$row] }) { ... on BulkOutcome { written } } }`,
      { row },
    );
    expect(written).toEqual({ importRegions: { written: true } });
    const created = await operator(
      `mutation { createRound(input: { key: "r", regionCode: "51", year: 2024, title: "清单" }) { __typename } }`,
      {},
    );
    expect(created).toEqual({ createRound: { __typename: "Round" } });
  } finally {
    await platform.close();
  }
}

const serve = (name: string): Running => {
  const running = gongjian(["serve", name], env);
  services.set(name, running);
  return running;
};
const served = (name: string): Promise<string> => services.get(name)!.said(/: (http:\S+)\/graphql\n/);
const whole = async (): Promise<boolean> => JSON.stringify((await question()).data) === JSON.stringify(WHOLE);

beforeAll(async () => {
  database = await createTestDatabase({ subgraphs: SUBGRAPHS as never });
  const data = dataDir();
  await tellStory(data);
  const issuer = await localIssuer(join(data, "keys"));
  token = await issuer.mint({ subject: "admin", memberships: [{ role: "ADMIN", scope: "*" }] }, 3_600);
  const ports = await freePorts(3);
  env = { ...SETTINGS, DATA_DIR: data };
  for (const [index, name] of NAMES.entries()) {
    env[`${name.toUpperCase()}_PORT`] = String(ports[index]);
    env[`${name.toUpperCase()}_URL`] = `http://127.0.0.1:${ports[index]}`;
    env[`${name.toUpperCase()}_DATABASE_URL`] = database.urls[name]!;
  }
  for (const name of [...NAMES, "gateway"]) serve(name);
  for (const name of NAMES) await served(name);
  url = await served("gateway");
});
afterAll(async () => {
  await endAll();
  await database.close();
});

test("a killed subgraph nulls its own fields alone, /ready names it, and once it is back answers are whole", async () => {
  await until("the services to answer", whole);
  expect(await ready(url)).toEqual({ status: 200, services: { communities: "ok", events: "ok", matching: "ok" } });
  services.get("communities")!.signalAll("SIGKILL");
  await services.get("communities")!.ended;
  const { status, data, errors } = await question();
  expect({ status, data }).toEqual({ status: 200, data: WITHOUT_COMMUNITIES });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["SERVICE_UNAVAILABLE"]);
  await until("/ready to tell", async () => (await ready(url)).status === 503);
  expect(await ready(url)).toEqual({ status: 503, services: { communities: "unavailable", events: "ok", matching: "ok" } });
  serve("communities");
  await served("communities");
  await until("answers to be whole", whole);
  await until("/ready to tell", async () => (await ready(url)).status === 200);
});

test("a hung subgraph is answered for by the deadline, and once it goes on answers are whole", async () => {
  services.get("communities")!.signalAll("SIGSTOP");
  const began = performance.now();
  const { data, errors } = await question();
  const took = performance.now() - began;
  services.get("communities")!.signalAll("SIGCONT");
  expect(data).toEqual(WITHOUT_COMMUNITIES);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["SERVICE_TIMEOUT"]);
  // the deadline and a second, and what a loaded machine adds
  expect(took).toBeLessThan(TIMEOUT_MS + 1_000 + 10_000);
  await until("answers to be whole", whole);
});

test("SIGTERM ends each service with exit code 0", async () => {
  for (const running of services.values()) running.signal("SIGTERM");
  for (const running of services.values()) expect(await running.ended).toEqual({ code: 0, signal: null });
});

const OUTSIDE = () => ({ DATA_DIR: env["DATA_DIR"], DATABASE_URL: database.adminUrl, DATABASE_ROLE_PREFIX: "gongjian_faults" });

test("with DATABASE_URL one process serves over that database, and makes none of its own", async () => {
  const server = gongjian(["start", "--no-demo"], OUTSIDE());
  expect((await question(await urlOf(server))).data).toEqual(WHOLE);
  expect(childrenOf(server.pid).flatMap(({ pid }) => childrenOf(pid))).toEqual([]);
  expect(existsSync(join(env["DATA_DIR"]!, "postgres"))).toBe(false);
  server.signal("SIGTERM");
  expect(await server.ended).toEqual({ code: 0, signal: null });
});

test("under `start --split` a killed subgraph ends everything, in a line and with exit code 1", async () => {
  const [communities, events, matching] = await freePorts(3);
  const launcher = gongjian(["start", "--split", "--no-demo"], {
    ...OUTSIDE(),
    COMMUNITIES_PORT: String(communities),
    EVENTS_PORT: String(events),
    MATCHING_PORT: String(matching),
  });
  const front = await urlOf(launcher);
  expect((await question(front)).data).toEqual(WHOLE);
  const processes = childrenOf(launcher.pid).flatMap(({ pid }) => childrenOf(pid));
  expect(processes.map(({ command }) => command.split(" ").at(-1)).sort()).toEqual([...NAMES, "gateway"].sort());
  process.kill(processes.find(({ command }) => command.endsWith(" events"))!.pid, "SIGKILL");
  expect(await launcher.ended).toEqual({ code: 1, signal: null });
  expect(launcher.err).toMatch(/^gongjian: The service events has ended \(killed by SIGKILL\): ending all of them\.$/m);
  expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
});
