import { readFileSync } from "node:fs";
import type { Logger } from "pino";

const WATCH_MS = 1_000;

/** The parent of a process on Linux; null elsewhere, or when it is gone. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return null;
  }
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** The processes between `npm start` and this one, which the launcher names: when one of them is killed, nobody is left to end us. */
function launchers(): number[] {
  const launcher = Number(process.env["GONGJIAN_LAUNCHER"]);
  const found: number[] = [];
  for (let pid: number | null = process.ppid; launcher > 1 && pid !== null && pid > 1 && found.length < 8; pid = parentOf(pid)) {
    found.push(pid);
    if (pid === launcher) return found;
  }
  return [];
}

/**
 * Runs `close` once, when the process is asked to end (SIGINT, SIGTERM, SIGHUP) or the processes that launched it have been
 * killed, and then exits. A second signal ends at once.
 */
export function closeOnSignal(close: () => Promise<void>, logger: Logger): void {
  let closing = false;
  const end = (why: string): void => {
    if (closing) {
      if (why.startsWith("SIG")) process.exit(1);
      return;
    }
    closing = true;
    logger.info({ why }, "ending");
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "did not end cleanly");
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(signal));
  const watched = launchers();
  if (watched.length > 0) {
    setInterval(() => {
      if (!watched.every(alive)) end("the launcher was killed");
    }, WATCH_MS).unref();
  }
}
