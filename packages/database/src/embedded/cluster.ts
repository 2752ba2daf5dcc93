import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Client } from "pg";
import { constraintOf } from "../errors";
import { type Account, asAccount } from "./account";
import type { Binaries } from "./binaries";
import { anyWorksIn, hasEnded, isAlive, sleep, worksIn } from "./processes";

export const SUPERUSER = "postgres";
const HOST = "127.0.0.1";
const STARTING_UP = "57P03";
/** A server that recovers after a power loss may need minutes before it answers. */
const READY_TIMEOUT_MS = 600_000;
const STOP_TIMEOUT_MS = 30_000;
const START_TRIES = 10;
const LOG_LIMIT_BYTES = 5_000_000;

const INITDB_FLAGS = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-messages=C"];
/** Not every system has the locale C.UTF-8; with the builtin provider only few functions look at it. */
const CTYPES = ["C.UTF-8", "C"];
const NOT_DURABLE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
const SETTINGS = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "log_timezone=UTC", "timezone=UTC"];

export interface Cluster {
  readonly folder: string;
  readonly account: Account | null;
  readonly binaries: Binaries;
  readonly password: string;
  readonly durable: boolean;
  readonly logFile: string;
}

/** The environment without libpq's variables, which would send the server's programs elsewhere. */
const cleanEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PG"))),
  LC_ALL: "C",
});

export const clusterUrl = (cluster: Pick<Cluster, "password">, port: number, database = SUPERUSER): string =>
  `postgres://${SUPERUSER}:${cluster.password}@${HOST}:${port}/${database}`;

/** Creates the cluster's files when there are none. They get their name when they are complete, so a kill half-way leaves nothing behind. */
export function initialise(cluster: Cluster, log: (line: string) => void): void {
  const { folder, account } = cluster;
  if (existsSync(join(folder, "PG_VERSION"))) {
    const major = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
    if (major === cluster.binaries.major) return;
    throw new Error(
      `${folder} was written by PostgreSQL ${major}, and ${cluster.binaries.major} is installed: move the data with pg_dump, or remove it`,
    );
  }
  const staging = `${folder}.new`;
  const passwordFile = `${folder}.password`;
  try {
    for (const ctype of CTYPES) {
      rmSync(staging, { recursive: true, force: true });
      mkdirSync(staging, { recursive: true, mode: 0o700 });
      writeFileSync(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
      if (account) for (const path of [staging, passwordFile]) chownSync(path, account.uid, account.gid);
      const flags = [...INITDB_FLAGS, `--lc-ctype=${ctype}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
      if (!cluster.durable) flags.push("--no-sync");
      const run = spawnSync(cluster.binaries.initdb, [`--pgdata=${staging}`, ...flags], {
        ...asAccount(account),
        env: cleanEnvironment(),
        encoding: "utf8",
      });
      if (run.status === 0) {
        renameSync(staging, folder);
        log(`created a database cluster in ${folder}`);
        return;
      }
      if (ctype === CTYPES.at(-1))
        throw new Error(`initdb failed: ${(run.stderr || run.error?.message || "").trim().split("\n").slice(-3).join(" ")}`);
    }
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Process number and port of the server that the cluster's postmaster.pid names, if there is one. */
function postmaster(folder: string): { pid: number; port: number } | null {
  try {
    const lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return null;
  }
}

type Answer = "ready" | "not yet" | "not ours";

/** Whether the server on this port serves this cluster and knows its password. */
async function ask(cluster: Cluster, port: number): Promise<Answer> {
  const client = new Client({ connectionString: clusterUrl(cluster, port), connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query("SHOW data_directory");
    return rows[0].data_directory === cluster.folder ? "ready" : "not ours";
  } catch (error) {
    const code = constraintOf(error)?.code;
    return code === undefined || code === STARTING_UP ? "not yet" : "not ours";
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * The server that already runs on the cluster, once it answers; null when none does (or the one that did has ended).
 * A postmaster.pid that a crash left behind and whose number another program has now is removed, unless a child of the old server lives.
 */
export async function findRunning(cluster: Cluster): Promise<{ pid: number; port: number } | null> {
  for (const end = Date.now() + READY_TIMEOUT_MS; ; await sleep(50)) {
    const server = postmaster(cluster.folder);
    if (!server || !isAlive(server.pid)) return null;
    if (!worksIn(server.pid, cluster.folder)) {
      if (!anyWorksIn(cluster.folder)) unlinkSync(join(cluster.folder, "postmaster.pid"));
      return null;
    }
    const answer = server.port > 0 ? await ask(cluster, server.port) : "not yet";
    if (answer === "ready") return server;
    if (answer === "not ours") {
      throw new Error(
        `A PostgreSQL (process ${server.pid}) runs on ${cluster.folder} with another password: stop it, or set another DATA_DIR`,
      );
    }
    if (Date.now() > end) throw new Error(`The PostgreSQL of ${cluster.folder} (process ${server.pid}) does not answer`);
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

const logSize = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/**
 * Starts a server in a process group of its own: Ctrl-C in a terminal goes to the whole group, and would end the database before the
 * services have finished their work. Its messages go to a file, so that it does not lose its standard error with its parent.
 */
function launch(cluster: Cluster, port: number): ChildProcess {
  const settings = [...SETTINGS, `port=${port}`, ...(cluster.durable ? [] : NOT_DURABLE)].flatMap((setting) => ["-c", setting]);
  const output = openSync(cluster.logFile, "a", 0o600);
  try {
    const child = spawn(cluster.binaries.postgres, ["-D", cluster.folder, ...settings], {
      ...asAccount(cluster.account),
      env: cleanEnvironment(),
      detached: true,
      stdio: ["ignore", output, output],
    });
    child.on("error", () => undefined);
    child.unref();
    return child;
  } finally {
    closeSync(output);
  }
}

async function whenReady(cluster: Cluster, child: ChildProcess, port: number): Promise<boolean> {
  for (const end = Date.now() + READY_TIMEOUT_MS; ; await sleep(15)) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    // The port may belong to somebody else's server until ours has failed to bind it: postmaster.pid says when it is ours.
    if (postmaster(cluster.folder)?.pid === child.pid && (await ask(cluster, port)) === "ready") return true;
    if (Date.now() > end) return false;
  }
}

/** Starts a server on the cluster, on the wanted port if that is free; resolves once it takes connections. */
export async function start(cluster: Cluster, wanted: number | null): Promise<{ pid: number; port: number }> {
  if (logSize(cluster.logFile) > LOG_LIMIT_BYTES) rmSync(cluster.logFile, { force: true });
  let port = wanted ?? (await freePort());
  let said = "";
  for (let tries = 1; tries <= START_TRIES; tries++) {
    const before = logSize(cluster.logFile);
    const child = launch(cluster, port);
    if (await whenReady(cluster, child, port)) return { pid: child.pid as number, port };
    said = existsSync(cluster.logFile) ? readFileSync(cluster.logFile).subarray(before).toString("utf8") : "";
    if (/could not (bind|create any TCP)/.test(said)) port = await freePort();
    // After a kill -9 of the server its children need a moment to notice and let go of the shared memory.
    else if (/shared memory block|lock file .* already exists/.test(said)) await sleep(500);
    else break;
  }
  const lines = said.split("\n").map((line) => line.replace(/^.* UTC \[\d+\] /, "").trim());
  const reason = lines.filter((line) => line && !/^LOG: +(starting|listening)/.test(line)).slice(-3);
  throw new Error(`PostgreSQL did not start on ${cluster.folder}: ${reason.join("; ") || `see ${cluster.logFile}`}`);
}

const WAS_GONE = "ESRCH";

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== WAS_GONE) throw error;
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. After half a minute an immediate one, which recovers at the next start. */
export async function stop(cluster: Cluster): Promise<void> {
  const pid = postmaster(cluster.folder)?.pid;
  if (pid === undefined || !isAlive(pid) || !worksIn(pid, cluster.folder)) return;
  signal(pid, "SIGINT");
  if (await hasEnded(pid, STOP_TIMEOUT_MS)) return;
  signal(pid, "SIGQUIT");
  if (!(await hasEnded(pid, STOP_TIMEOUT_MS))) throw new Error(`The PostgreSQL process ${pid} does not end`);
}

/** The cluster with its folder's real path, which is what the server itself reports. */
export const settle = (cluster: Cluster): Cluster => ({ ...cluster, folder: realpathSync(cluster.folder) });
