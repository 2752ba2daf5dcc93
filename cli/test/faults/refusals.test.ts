import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { dataDir, endAll, freePorts, gongjian, PATIENCE_MS, postmasterOf, type Running } from "./processes";

jest.setTimeout(3 * PATIENCE_MS);

const servers: Server[] = [];
const sockets: Socket[] = [];
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  await endAll();
});

/** Another program at a port: it hears everybody out, and says nothing or what it always says. */
async function otherProgram(word?: string): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    if (word) socket.end(word);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as { port: number }).port;
}

function unusable(): string {
  const data = dataDir();
  if (process.getuid?.() === 0) {
    // nothing is closed to root but what is not a folder
    writeFileSync(data, "");
    return join(data, "below");
  }
  mkdirSync(dirname(data), { recursive: true });
  chmodSync(dirname(data), 0o555);
  return data;
}

interface Refusal {
  env: Record<string, string>;
  args?: string[];
  line: RegExp;
}

const secretUrl = (place: string): string => `postgres://someone:hush-hush@${place}/gongjian`;

const refusals: Record<string, () => Promise<Refusal>> = {
  // the driver waits ten seconds for it: begun first
  "a database that says nothing": async () => ({
    env: { DATABASE_URL: secretUrl(`127.0.0.1:${await otherProgram()}`) },
    line: /^gongjian: The database at 127\.0\.0\.1:\d+ does not answer \(timeout expired\)/,
  }),
  "a port that is taken": async () => ({
    env: { PORT: String(await otherProgram()) },
    line: /^gongjian: Port \d+ on 127\.0\.0\.1 is taken by another program\. Set PORT/,
  }),
  "a subgraph's port that is taken": async () => ({
    args: ["--split"],
    env: { COMMUNITIES_PORT: String(await otherProgram("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK")), ...(await otherPorts()) },
    line: /^gongjian: Port \d+ on 127\.0\.0\.1 is taken by another program\. Set PORT[\s\S]*\ngongjian: The service communities ended at its start \(exit code 1\)/,
  }),
  "a folder that cannot be written": async () => ({
    env: { DATA_DIR: unusable() },
    line: /^gongjian: DATA_DIR \S+ cannot be used: /,
  }),
  "a folder for keys that cannot be written, beside an outside database": async () => ({
    env: { DATA_DIR: unusable(), DATABASE_URL: process.env["TEST_DATABASE_URL"] as string },
    line: /^gongjian: DATA_DIR \S+ cannot be used: /,
  }),
  "a broken setting": async () => ({ env: { PORT: "http" }, line: /^gongjian: PORT: "http" is not usable; expected a whole number/ }),
  "a database that is not there": async () => ({
    env: { DATABASE_URL: secretUrl(`127.0.0.1:${(await freePorts(1))[0]}`) },
    line: /^gongjian: Nothing answers at 127\.0\.0\.1:\d+\. Is the database/,
  }),
  "a program that is no database": async () => ({
    env: { DATABASE_URL: secretUrl(`127.0.0.1:${await otherProgram("HTTP/1.1 400 Bad Request\r\n\r\n")}`) },
    line: /^gongjian: The database at 127\.0\.0\.1:\d+ does not answer \(/,
  }),
  "a wrong password": async () => {
    const url = new URL(process.env["TEST_DATABASE_URL"] as string);
    url.password = "hush-hush";
    return { env: { DATABASE_URL: url.href }, line: /^gongjian: The database refused the password\. Check DATABASE_URL\.$/ };
  },
};

async function otherPorts(): Promise<Record<string, string>> {
  const [events, matching] = await freePorts(2);
  return { EVENTS_PORT: String(events), MATCHING_PORT: String(matching) };
}

const started: Record<string, { running: Running; line: RegExp; data: string }> = {};

beforeAll(async () => {
  for (const [name, refusal] of Object.entries(refusals)) {
    const { env, args = [], line } = await refusal();
    const data = env["DATA_DIR"] ?? dataDir();
    started[name] = { running: gongjian(["start", "--no-demo", ...args], { LOG_LEVEL: "error", DATA_DIR: data, ...env }), line, data };
  }
});

test.each(Object.keys(refusals))("%s is told in a line: no stack, no secret, no database left behind", async (name) => {
  const { running, line, data } = started[name]!;
  expect(await running.ended).toEqual({ code: 1, signal: null });
  expect(running.err.trim()).toMatch(line);
  expect(running.err).not.toMatch(/^ {4}at |hush/m);
  expect(running.err.trim().split("\n").length).toBeLessThanOrEqual(2);
  expect(postmasterOf(data)).toBeNull();
});
