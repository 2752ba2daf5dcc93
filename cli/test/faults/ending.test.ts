import { connect } from "node:net";
import { Client } from "pg";
import {
  adminUrlOf,
  ask,
  childrenOf,
  dataDir,
  endAll,
  gongjian,
  isAlive,
  npm,
  PATIENCE_MS,
  postmasterOf,
  type Running,
  until,
  urlOf,
} from "./processes";
import { sql } from "./writes";

jest.setTimeout(3 * PATIENCE_MS);

const QUESTION = "{ regions(first: 1) { nodes { code } } }";
const ENDED = { code: 0, signal: null };

const start = (data: string, PORT = "0"): Running => gongjian(["start", "--no-demo"], { DATA_DIR: data, PORT });
const answersAt = async (url: string): Promise<boolean> => (await ask(url, QUESTION)).errors === undefined;
const takesConnections = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => resolve(true));
    socket.on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });

/** Locks a table, so that questions about it wait until `unlock`. */
async function lock(data: string): Promise<{ waiting: () => Promise<boolean>; unlock: () => Promise<void> }> {
  const client = new Client({ connectionString: adminUrlOf(data) });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("BEGIN; LOCK TABLE communities.region IN ACCESS EXCLUSIVE MODE");
  return {
    // by another connection: a transaction sees the activity of its beginning
    waiting: async () => (await sql(data, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).length > 0,
    unlock: async () => {
      await client.query("ROLLBACK");
      await client.end();
    },
  };
}

/** As people start it, with a log for programs. */
const npmStart = (data: string, PORT = "0"): Running => npm("start", ["--no-demo"], { DATA_DIR: data, PORT, LOG_FORMAT: "json" });

const [one, two] = [dataDir(), dataDir()];
let first: Running;
let url: string;
let second: Running;
let besides: string;

beforeAll(async () => {
  [first, second] = [start(one), npmStart(two)];
  [url, besides] = await Promise.all([urlOf(first), urlOf(second)]);
});
afterAll(endAll);

test("two installations run side by side, each on a database of its own", async () => {
  expect(await Promise.all([answersAt(url), answersAt(besides)])).toEqual([true, true]);
  expect(url).not.toBe(besides);
  expect(postmasterOf(one)).not.toBe(postmasterOf(two));
});

test("log lines go to standard error, for people, or as LOG_FORMAT says", () => {
  expect(first.err).toMatch(/^\d\d:\d\d:\d\d info {2}gongjian: /m);
  const lines = second.err.split("\n").slice(0, -1);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.map((line) => JSON.parse(line).name)).toEqual(lines.map(() => "gongjian"));
  for (const { out } of [first, second]) expect(out).not.toMatch(/ info |"level"/);
});

test("npm start is one process with a database under DATA_DIR", () => {
  const processes = (pid: number): string[] =>
    childrenOf(pid)
      .flatMap((child) => [child.command, ...processes(child.pid)])
      .filter((command) => command.includes("main.ts"));
  expect(processes(second.pid)).toHaveLength(1);
  expect(isAlive(postmasterOf(two)!)).toBe(true);
});

test("SIGTERM with a request in flight: it is answered, new ones are not taken, exit code 0, and nothing is left", async () => {
  const locked = await lock(one);
  const inFlight = ask(url, QUESTION);
  await until("the request to be in flight", locked.waiting);
  first.signal("SIGTERM");
  await until("the port to close", async () => !(await takesConnections(url)));
  expect(first.isOver).toBe(false);
  await locked.unlock();
  expect(await inFlight).toEqual({ status: 200, data: { regions: { nodes: [] } } });
  expect(await first.ended).toEqual(ENDED);
  expect(postmasterOf(one)).toBeNull();
});

test("the next start on the same folder and port works at once, and a Ctrl-C that reaches every process is one wish to end", async () => {
  first = start(one, new URL(url).port);
  expect(await urlOf(first)).toBe(url);
  const locked = await lock(one);
  const inFlight = ask(url, QUESTION);
  await until("the request to be in flight", locked.waiting);
  first.signalAll("SIGINT");
  await until("the port to close", async () => !(await takesConnections(url)));
  await locked.unlock();
  expect((await inFlight).data).toEqual({ regions: { nodes: [] } });
  expect(await first.ended).toEqual(ENDED);
  expect(postmasterOf(one)).toBeNull();
});

test("a signal while the database starts leaves no database behind", async () => {
  const third = start(one);
  await until("the database to start", () => postmasterOf(one));
  third.signal("SIGTERM");
  expect(await third.ended).toEqual(ENDED);
  expect(postmasterOf(one)).toBeNull();
  expect(third.err).not.toMatch(/^ {4}at /m);
});

test("kill -9 of the process that a person started ends the server and its database, and the port is free again", async () => {
  const third = start(one);
  const at = await urlOf(third);
  const server = childrenOf(third.pid)[0]!.pid;
  third.signal("SIGKILL");
  await until("the server to end", () => !isAlive(server));
  expect(postmasterOf(one)).toBeNull();
  const fourth = start(one, new URL(at).port);
  expect(await urlOf(fourth)).toBe(at);
  fourth.signal("SIGTERM");
  expect(await fourth.ended).toEqual(ENDED);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("a command that is broken off by %s says so by its exit code, and leaves no database behind", async (signal, code) => {
  const command = gongjian(["import", "demo"], { DATA_DIR: one });
  await until("the database to start", () => postmasterOf(one));
  command.signalAll(signal);
  expect(await command.ended).toEqual({ code, signal: null });
  expect(postmasterOf(one)).toBeNull();
  expect(command.err).not.toMatch(/^ {4}at /m);
});

test("a second start on the same folder and port is refused in a line, and leaves the first one its database", async () => {
  const postmaster = postmasterOf(two);
  const again = start(two, new URL(besides).port);
  expect(await again.ended).toEqual({ code: 2, signal: null });
  expect(again.err).toMatch(/^gongjian: Port \d+ on 127\.0\.0\.1 is taken by another program/m);
  expect(postmasterOf(two)).toBe(postmaster);
  expect(await answersAt(besides)).toBe(true);
});
