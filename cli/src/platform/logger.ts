import type { Settings } from "@gongjian/settings";
import { pino, type Logger } from "pino";

/** Structured log lines on standard error, so that what a command answers stands alone on standard output. */
export const createLogger = (settings: Pick<Settings, "logLevel">, name: string): Logger =>
  pino(
    { name, level: settings.logLevel, base: { name, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
