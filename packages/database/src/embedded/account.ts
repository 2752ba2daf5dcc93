import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The user that the server runs as, where that is not the user of this process: PostgreSQL refuses to run as root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const SERVER_USER = "postgres";
const GROUP_AND_OTHERS_WRITE = 0o022;

function lookUp(user: string): Account | null {
  try {
    const number = (flag: string): number => Number.parseInt(execFileSync("id", [flag, user], { encoding: "utf8", stdio: "pipe" }), 10);
    return { uid: number("-u"), gid: number("-g") };
  } catch {
    return null;
  }
}

/** Null where the server runs as this process's own user; as root the user `postgres`, which is created when it is missing, else `nobody`. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const existing = lookUp(SERVER_USER);
  if (existing) return existing;
  spawnSync("groupadd", ["--system", SERVER_USER], { stdio: "ignore" });
  spawnSync("useradd", ["--system", "--no-create-home", "--gid", SERVER_USER, "--shell", "/usr/sbin/nologin", SERVER_USER], {
    stdio: "ignore",
  });
  const account = lookUp(SERVER_USER) ?? lookUp("nobody");
  if (!account) throw new Error("PostgreSQL does not run as root, and there is neither a user postgres nor nobody: start as another user");
  return account;
}

/** How a child process is started as the server's user, in a folder that every user can enter. */
export const asAccount = (account: Account | null): { uid?: number; gid?: number; cwd: string } => ({ ...(account ?? {}), cwd: "/" });

/** Whether the server's user can enter and read a folder: asked of the system itself, so that access lists and mounts count too. */
export function canEnter(account: Account | null, folder: string): boolean {
  return (
    spawnSync("/bin/sh", ["-c", 'cd -- "$1" && ls . >/dev/null', "sh", folder], { ...asAccount(account), stdio: "ignore" }).status === 0
  );
}

/** Whether a folder is a real one of our own that no other user can have prepared or can change. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & GROUP_AND_OTHERS_WRITE) === 0;
}

/**
 * A folder outside the checkout that the server's user can enter, for files that it cannot reach where they are. Files that have to
 * last go where the system keeps a service's state; anything else goes to the temporary folders.
 */
export function reachableBase(account: Account | null, durable: boolean): string {
  const temporary = ["/var/tmp", tmpdir()].map((folder) => join(folder, `gongjian-${process.getuid?.() ?? 0}`));
  const candidates = durable && process.getuid?.() === 0 ? ["/var/lib/gongjian", ...temporary] : temporary;
  for (const folder of candidates) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      if (!isOurs(folder)) continue;
      chmodSync(folder, 0o755);
      if (canEnter(account, folder)) return folder;
    } catch {
      // A candidate that cannot be made or entered: the next one may.
    }
  }
  throw new Error(
    `The database server's user can enter none of ${candidates.join(", ")}: set DATA_DIR to a folder that every user can enter`,
  );
}
