import type { Settings } from "@gongjian/settings";
import { pino, type DestinationStream, type Logger } from "pino";
import { readable } from "./log-line";

type LogSettings = Pick<Settings, "logLevel"> & Partial<Pick<Settings, "logFormat" | "nodeEnv">>;

interface Use {
  /** A service's log is read by programs unless it runs in a terminal; that of a command, or of `npm start`, by people. */
  service?: boolean;
  isTerminal?: boolean;
}

/** How log lines are written where LOG_FORMAT does not say. */
export function logFormat({ logFormat: given, nodeEnv }: LogSettings, { service = false, isTerminal = false }: Use): "json" | "text" {
  if (given) return given;
  return nodeEnv === "production" || (service && !isTerminal) ? "json" : "text";
}

/** Log lines on standard error, so that what a command answers stands alone on standard output. */
export function createLogger(settings: LogSettings, name: string, use: Use = {}): Logger {
  const stderr = pino.destination({ dest: 2, sync: true });
  const format = logFormat(settings, { isTerminal: process.stderr.isTTY === true, ...use });
  const destination: DestinationStream = format === "json" ? stderr : { write: (line) => void stderr.write(readable(line)) };
  return pino({ name, level: settings.logLevel, base: { name, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
