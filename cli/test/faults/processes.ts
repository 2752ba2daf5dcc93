import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..", "..");
const BIN = join(ROOT, "cli", "bin", "gongjian.js");
/** What a loaded machine may take for anything here. */
export const PATIENCE_MS = 60_000;

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Polls until `look` gives something other than false, null or undefined, and gives that. */
export async function until<T>(
  what: string | (() => string),
  look: () => T | Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<NonNullable<T>> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50)) {
    const found = await look();
    if (found !== false && found !== null && found !== undefined) return found;
  }
  throw new Error(`waited in vain for ${typeof what === "string" ? what : what()}`);
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(existsSync("/proc/self") ? readFileSync(`/proc/${pid}/status`, "utf8") : "");
  } catch {
    return false;
  }
};

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One `gongjian` that a test started, with the processes that it started in turn, in a process group of their own. */
export class Running {
  readonly ended: Promise<Ended>;
  out = "";
  err = "";

  constructor(private readonly child: ChildProcess) {
    child.stdout?.on("data", (text: Buffer) => {
      this.out += text.toString();
    });
    child.stderr?.on("data", (text: Buffer) => {
      this.err += text.toString();
    });
    this.ended = new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
  }

  get pid(): number {
    return this.child.pid as number;
  }

  get isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** To its launching process alone, as `kill` sends it. */
  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** To all of its process group, as a terminal does. */
  signalAll(name: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, name);
    } catch {
      // It has ended.
    }
  }

  /** Waits until it has written this to standard output or standard error, and gives the first group. */
  said(text: RegExp): Promise<string> {
    const told = (): string => `${text} in\n${this.out}\n${this.err}`;
    return until(told, () => {
      const found = text.exec(this.out) ?? text.exec(this.err);
      if (!found && this.isOver) throw new Error(`ended before it said ${told()}`);
      return found && (found[1] ?? found[0]);
    });
  }
}

const started: Running[] = [];
const homes: string[] = [];

/** Runs a program in a clean environment: of this one only what finds programs and folders is handed on. */
function run(program: string, args: readonly string[], env: Record<string, string | undefined>): Running {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(program, args, {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH, HOME, TMPDIR, NODE_ENV: "development", LOG_LEVEL: "info", PORT: "0", ...env },
  });
  const running = new Running(child);
  started.push(running);
  return running;
}

/** The sources, also in production, where bin/gongjian.js takes the built ones, which may be of another day. */
const SOURCES = ["--no-deprecation", "-C", "source", "-r", require.resolve("@swc-node/register"), join(ROOT, "cli", "src", "main.ts")];

export function gongjian(args: readonly string[], env: Record<string, string | undefined>): Running {
  const { NODE_ENV } = env;
  if (NODE_ENV !== "production") return run(process.execPath, [BIN, ...args], env);
  return run(process.execPath, [...SOURCES, ...args], { ...env, SWC_NODE_PROJECT: join(ROOT, "tsconfig.json") });
}

const INSTALLED = `import(${JSON.stringify(join(ROOT, "scripts", "install.mjs"))}).then((it) => process.exit(it.isInstalled(${JSON.stringify(ROOT)}) ? 0 : 1))`;

/** `npm start`, or another script of package.json; never where it would install packages under the tests that run. */
export function npm(script: string, args: readonly string[], env: Record<string, string | undefined>): Running {
  execFileSync(process.execPath, ["-e", INSTALLED]);
  return run("npm", ["run", "-s", script, "--", ...args], env);
}

/** A folder for DATA_DIR that the database server's user can enter. */
export function dataDir(): string {
  const home = mkdtempSync(join(tmpdir(), "gongjian-faults-"));
  chmodSync(home, 0o755);
  homes.push(home);
  return join(home, "data");
}

const textOf = (...path: string[]): string | null => {
  try {
    return readFileSync(join(...path), "utf8").trim();
  } catch {
    return null;
  }
};

const clusterOf = (data: string): string => textOf(data, "postgres", "postgres.path") ?? join(data, "postgres", "postgres");

/** The embedded server's process on that folder, if one runs. */
export function postmasterOf(data: string): number | null {
  const pid = Number(textOf(clusterOf(data), "postmaster.pid")?.split("\n")[0]);
  return pid > 0 && isAlive(pid) ? pid : null;
}

/** The embedded server's superuser. */
export const adminUrlOf = (data: string): string =>
  `postgres://postgres:${textOf(data, "postgres", "password")}@127.0.0.1:${textOf(data, "postgres", "port")}/postgres`;

/** Ends all that was started, whatever state a failed test has left it in, and removes its folders. */
export async function endAll(): Promise<void> {
  for (const running of started.splice(0)) {
    running.signalAll("SIGCONT");
    running.signalAll("SIGKILL");
    await running.ended;
  }
  for (const home of homes.splice(0)) {
    const data = join(home, "data");
    const pid = postmasterOf(data);
    if (pid !== null) {
      process.kill(pid, "SIGQUIT");
      await until("PostgreSQL to end", () => !isAlive(pid));
    }
    const cluster = clusterOf(data);
    if (!cluster.startsWith(home)) rmSync(cluster, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  }
}

/** The processes that a process has started itself, with their command lines. */
export const childrenOf = (parent: number): { pid: number; command: string }[] =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => Number(found?.[2]) === parent)
    .map((found) => ({ pid: Number(found?.[1]), command: found?.[3] ?? "" }));

export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Waits for the line with which `start` says where it serves. */
export const urlOf = (running: Running): Promise<string> => running.said(/GraphQL\s+(http:\S+)\/graphql[\s\S]*Ctrl-C ends/);

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
}

interface Question {
  method: "GET" | "POST";
  path: string;
  body?: string;
  token?: string | undefined;
}

/** Over a connection of its own: one that was kept from an earlier server would fail. Rejects when the connection fails. */
function send(url: string, { method, path, body = "", token }: Question): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    const sent = request(`${url}${path}`, { method, headers, agent: false, timeout: PATIENCE_MS }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer")));
    sent.on("error", reject);
    sent.end(body);
  });
}

export async function ask(url: string, query: string, variables: Record<string, unknown> = {}, token?: string): Promise<Answer> {
  const body = JSON.stringify({ query, variables });
  const { status, text } = await send(url, { method: "POST", path: "/graphql", body, token });
  return { status, ...(JSON.parse(text) as object) };
}

export async function ready(url: string): Promise<{ status: number; services: Record<string, string> }> {
  const { status, text } = await send(url, { method: "GET", path: "/ready" });
  return { status, services: (JSON.parse(text) as { services: Record<string, string> }).services };
}
