import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

const PROC = "/proc";
const hasProc = existsSync(`${PROC}/self/stat`);

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** State and start time of a process, from the fields after the name in /proc/PID/stat (the name may hold spaces and brackets). */
function stat(pid: number): { state: string; started: string } | null {
  try {
    const fields = readFileSync(`${PROC}/${pid}/stat`, "utf8").split(") ").pop()?.split(" ") ?? [];
    return { state: fields[0] ?? "", started: fields[19] ?? "" };
  } catch {
    return null;
  }
}

/** Whether a process runs. One that has ended and that nobody has waited for does not. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return !hasProc || (stat(pid)?.state ?? "Z") !== "Z";
}

/** A name of a process that a later process with the same number does not have. */
export const identity = (pid: number): string => `${pid}-${(hasProc && stat(pid)?.started) || "0"}`;

/** Whether the process of such a name still runs. */
export function isSameAlive(name: string): boolean {
  const pid = Number.parseInt(name, 10);
  return isAlive(pid) && name.startsWith(identity(pid));
}

/** Whether a process is a PostgreSQL server's that works in this data folder: a number alone may have been given to another program. */
export function worksIn(pid: number, folder: string): boolean {
  if (hasProc) {
    try {
      return readlinkSync(`${PROC}/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  }
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }).includes(folder);
  } catch {
    return false;
  }
}

/** Whether any process at all works in this data folder, such as a server's child that outlived it. */
export function anyWorksIn(folder: string): boolean {
  if (!hasProc) return false;
  return readdirSync(PROC).some((entry) => /^\d+$/.test(entry) && isAlive(Number(entry)) && worksIn(Number(entry), folder));
}

/** Waits until a process has ended; false when it has not within the time. */
export async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await sleep(15);
  }
  return true;
}
