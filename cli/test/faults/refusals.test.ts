import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
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
  code?: number;
}

/** What has to be mended before anything can begin: a setting, a folder, a port. */
const MEND = 2;

const secretUrl = (place: string): string => `postgres://someone:hush-hush@${place}/gongjian`;

const refusals: Record<string, () => Promise<Refusal>> = {
  // the driver waits ten seconds for it: begun first
  "a database that says nothing": async () => ({
    env: { DATABASE_URL: secretUrl(`127.0.0.1:${await otherProgram()}`) },
    line: /^gongjian: The database at 127\.0\.0\.1:\d+ does not answer \(timeout expired\)/,
  }),
  "a port that is taken": async () => ({
    env: { PORT: String(await otherProgram()) },
    line: /^gongjian: Port \d+ on 127\.0\.0\.1 is taken by another program\. Set PORT to a free one, e\.g\. PORT=\d+\.$/,
    code: MEND,
  }),
  "a subgraph's port that is taken": async () => ({
    args: ["--split"],
    env: { COMMUNITIES_PORT: String(await otherProgram("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK")), ...(await otherPorts()) },
    line: /^gongjian: Port \d+ on 127\.0\.0\.1 is taken by another program\. Set COMMUNITIES_PORT to a free one/,
    code: MEND,
  }),
  "one port for two services": async () => {
    const [port] = await freePorts(1);
    return {
      args: ["--split"],
      env: { COMMUNITIES_PORT: String(port), EVENTS_PORT: String(port) },
      line: /^gongjian: EVENTS_PORT and COMMUNITIES_PORT are both \d+; expected a port for each\.$/,
      code: MEND,
    };
  },
  "an address of another machine": async () => ({
    env: { HOST: "192.0.2.1", PORT: String((await freePorts(1))[0]) },
    line: /^gongjian: HOST 192\.0\.2\.1 is not an address of this machine\.$/,
    code: MEND,
  }),
  "a folder that cannot be written": async () => ({
    env: { DATA_DIR: unusable() },
    line: /^gongjian: DATA_DIR \S+ cannot be used: /,
    code: MEND,
  }),
  // a folder in which nothing can be made, where Node's own recursive mkdir goes round for ever
  "a folder below /proc": async () => ({
    env: { DATA_DIR: join(existsSync("/proc/self") ? "/proc" : unusable(), "x", "y") },
    line: /^gongjian: DATA_DIR \S+ cannot be used: it (cannot be created there|lies below something)/,
    code: MEND,
  }),
  ...Object.fromEntries(
    (
      [
        [["token", "--role", "admin"], "DATA_DIR"],
        [["migrate"], "DATA_DIR"],
        [["audit", "verify"], "DATA_DIR"],
        [["grant", "--subject", "x", "--role", "admin"], "DATA_DIR"],
        [["doctor"], "BAD  Settings: DATA_DIR"],
      ] as const
    ).map(([args, begin]) => [
      `a file for a folder, asked by ${args[0]}`,
      async (): Promise<Refusal> => {
        const data = dataDir();
        writeFileSync(data, "");
        const line = new RegExp(`^${args[0] === "doctor" ? "" : "gongjian: "}${begin} \\S+ cannot be used: it is not a folder$`, "m");
        return { args: [...args], env: { DATA_DIR: data }, line, code: MEND };
      },
    ]),
  ),
  "a folder for keys that cannot be written, beside an outside database": async () => ({
    env: { DATA_DIR: unusable(), DATABASE_URL: process.env["TEST_DATABASE_URL"] as string },
    line: /^gongjian: DATA_DIR \S+ cannot be used: /,
    code: MEND,
  }),
  "demo mode in production": async () => ({
    env: { NODE_ENV: "production", DEMO_MODE: "true", INTERNAL_SECRET: "s".repeat(40) },
    line: /^gongjian: DEMO_MODE: refused/,
    code: MEND,
  }),
  "a word that is no command": async () => ({ args: ["nonsense"], env: {}, line: /^error: unknown command 'nonsense'/ }),
  "a command without what it needs": async () => ({
    args: ["grant", "--role", "admin"],
    env: {},
    line: /^error: required option '--subject/,
  }),
  "a broken setting": async () => ({
    env: { PORT: "http" },
    line: /^gongjian: PORT: "http" is not usable; expected a whole number/,
    code: MEND,
  }),
  "a broken setting beside a slip of the pen": async () => ({
    env: { PORT: "http", DATABSE_URL: "hush-hush" },
    line: /^gongjian: DATABSE_URL is not a setting and changes nothing; did you mean DATABASE_URL\?\ngongjian: PORT: "http" is not usable/,
    code: MEND,
  }),
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

const started: Record<string, { running: Running; line: RegExp; data: string; code: number }> = {};

beforeAll(async () => {
  for (const [name, refusal] of Object.entries(refusals)) {
    const { env, args = [], line, code = 1 } = await refusal();
    const data = env["DATA_DIR"] ?? dataDir();
    const command = args[0] === undefined || args[0].startsWith("--") ? ["start", "--no-demo", ...args] : args;
    started[name] = { running: gongjian(command, { LOG_LEVEL: "error", DATA_DIR: data, ...env }), line, data, code };
  }
});

test.each(Object.keys(refusals))("%s is told in a line: no stack, no secret, no database left behind", async (name) => {
  const { running, line, data, code } = started[name]!;
  expect(await running.ended).toEqual({ code, signal: null });
  expect(running.err.trim() || running.out.trim()).toMatch(line);
  expect(running.err).not.toMatch(/^ {4}at |hush/m);
  expect(running.err.trim().split("\n").length).toBeLessThanOrEqual(2);
  expect(postmasterOf(data)).toBeNull();
});

test("a port that is taken is told before a database is made", () => {
  expect(existsSync(join(started["a port that is taken"]!.data, "postgres"))).toBe(false);
});
