import { readFileSync } from "node:fs";
import type { Logger } from "pino";

const WATCH_MS = 1_000;
const SAME_SIGNAL_MS = 1_000;

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
  // without /proc only the two ends are known
  if (launcher > 1 && parentOf(process.pid) === null) return [...new Set([process.ppid, launcher])];
  const found: number[] = [];
  for (let pid: number | null = process.ppid; launcher > 1 && pid !== null && pid > 1 && found.length < 8; pid = parentOf(pid)) {
    found.push(pid);
    if (pid === launcher) return found;
  }
  return [];
}

export interface Lifecycle {
  /** Ends the process as a signal does, with exit code 1 and the reason in a line on standard error. */
  fail(reason: string): void;
  /** Signals end the process as they would without this. */
  release(): void;
}

interface Ending {
  /** A signal breaks a command off, which then has not done what it was asked for: the exit code says so, as a shell's does (128 + the signal). */
  interrupted?: boolean;
}

const NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
const LOST = "the launcher was killed";

/**
 * Runs `close` once, when the process is asked to end (SIGINT, SIGTERM, SIGHUP) or the processes that launched it have been
 * killed, and then exits. A second signal ends at once, unless it comes within a second of the first: a Ctrl-C reaches every process
 * of the terminal, and each of them hands it on.
 */
export function closeOnSignal(close: () => Promise<void>, logger: Logger, { interrupted = false }: Ending = {}): Lifecycle {
  let began: number | null = null;
  const end = (why: string, exitCode = 0): void => {
    if (began !== null) {
      if (why.startsWith("SIG") && performance.now() - began > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    began = performance.now();
    logger.info({ why }, "ending");
    close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        logger.error({ err: error }, "did not end cleanly");
        process.exit(1);
      },
    );
  };
  const listeners = (Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).map(
    (signal) => [signal, () => end(signal, interrupted ? 128 + NUMBERS[signal] : 0)] as const,
  );
  for (const [signal, listener] of listeners) process.on(signal, listener);
  const watched = launchers();
  const watch = setInterval(() => {
    if (!watched.every(alive)) end(LOST, interrupted ? 1 : 0);
  }, WATCH_MS);
  watch.unref();
  return {
    fail: (reason) => {
      if (began !== null) return;
      process.stderr.write(`gongjian: ${reason}\n`);
      end(reason, 1);
    },
    release: () => {
      clearInterval(watch);
      for (const [signal, listener] of listeners) process.off(signal, listener);
    },
  };
}
