import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

const READY_WITHIN_MS = 60_000;
const POLL_MS = 50;
const ROOT = join(__dirname, "..");

/** A server under measurement: one process or several behind one URL. */
export interface Subject {
  name: string;
  url: string;
  /** Processor time of all its processes so far, PostgreSQL left out, in milliseconds. */
  usage(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a TypeScript file as a process of its own that can be asked for its usage. */
export function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const node = [
    ...profiling(env),
    "--no-deprecation",
    "--max-semi-space-size=64",
    "-C",
    "source",
    "-r",
    "@swc-node/register",
    "-r",
    join(__dirname, "usage.ts"),
  ];
  return spawn(process.execPath, [...node, file, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

const profiling = ({ BENCH_PROFILE: folder }: NodeJS.ProcessEnv): string[] => (folder ? ["--cpu-prof", `--cpu-prof-dir=${folder}`] : []);

/** The next message of a process that has the property `key`. */
export function answer<T>(child: ChildProcess, key: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => done(() => reject(new Error(`${child.spawnargs.at(-1)} ended (exit code ${code})`)));
    const heard = (message: unknown) => {
      if (typeof message === "object" && message !== null && key in message) done(() => resolve((message as Record<string, T>)[key]!));
    };
    const done = (settle: () => void) => {
      child.off("message", heard).off("exit", ended);
      settle();
    };
    child.on("message", heard).once("exit", ended);
  });
}

async function usageOf(child: ChildProcess): Promise<number> {
  const usage = answer<number>(child, "usage");
  child.send("usage");
  return usage;
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  await ended;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; ) {
    if (child.exitCode !== null) throw new Error(`A process ended at its start (exit code ${child.exitCode})`);
    if ((await fetch(`${url}/ready`).catch(() => null))?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`Nothing answered at ${url}`);
}

function subject(name: string, url: string, children: readonly ChildProcess[]): Subject {
  return {
    name,
    url: `${url}/graphql`,
    usage: async () => (await Promise.all(children.map(usageOf))).reduce((sum, usage) => sum + usage, 0),
    stop: async () => void (await Promise.all(children.map(end))),
  };
}

const CLI = join(ROOT, "cli", "src", "main.ts");

/** The whole platform in one process. */
export async function startAllInOne(env: NodeJS.ProcessEnv): Promise<Subject> {
  const port = await freePort();
  const child = run(CLI, ["start", "--no-demo"], { ...env, PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  return subject("all in one", url, [child]);
}

/** Three subgraphs and the gateway, each a process of its own. */
export async function startSplit(env: NodeJS.ProcessEnv): Promise<Subject> {
  const names = ["communities", "events", "matching"] as const;
  const ports: number[] = [];
  for (let count = 0; count <= names.length; count++) ports.push(await freePort());
  const url = (index: number) => `http://127.0.0.1:${ports[index]}`;
  const settings: NodeJS.ProcessEnv = { ...env, PORT: String(ports[names.length]) };
  names.forEach((name, index) => {
    settings[`${name.toUpperCase()}_PORT`] = String(ports[index]);
    settings[`${name.toUpperCase()}_URL`] = url(index);
  });
  const children = names.map((name) => run(CLI, ["serve", name], settings));
  for (const [index, child] of children.entries()) await untilReady(url(index), child);
  const gateway = run(CLI, ["serve", "gateway"], settings);
  await untilReady(url(names.length), gateway);
  return subject("four processes", url(names.length), [...children, gateway]);
}

/** The hand-written server that the platform is compared with. */
export async function startReference(env: NodeJS.ProcessEnv): Promise<Subject> {
  const child = run(join(__dirname, "reference", "server.ts"), [], env);
  const port = await answer<number>(child, "port");
  return subject("hand-written", `http://127.0.0.1:${port}`, [child]);
}
