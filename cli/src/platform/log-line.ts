const LEVELS: Record<number, string> = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" };
const WIDTH = 5;

/** What stands in every line, or is said by the line's beginning. */
const SAID = new Set(["level", "time", "pid", "hostname", "name", "msg", "err"]);

interface LogLine {
  level: number;
  time: string;
  name: string;
  msg?: string;
  err?: { message?: string; stack?: string };
  [field: string]: unknown;
}

const clock = (time: string): string => {
  const at = new Date(time);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
};

const plain = (value: unknown): string => (typeof value === "string" && !/[\s"=]/u.test(value) ? value : JSON.stringify(value));

/** A structured log line for people: local time, level, who, what, then the other fields as name=value, and an error's stack below. */
export function readable(line: string): string {
  let entry: LogLine;
  try {
    entry = JSON.parse(line) as LogLine;
  } catch {
    return line;
  }
  const fields = Object.entries(entry)
    .filter(([name]) => !SAID.has(name))
    .map(([name, value]) => `${name}=${plain(value)}`);
  const head = [clock(entry.time), (LEVELS[entry.level] ?? String(entry.level)).padEnd(WIDTH), `${entry.name}:`, entry.msg, ...fields];
  const below = entry.err ? `\n${entry.err.stack ?? entry.err.message ?? plain(entry.err)}` : "";
  return `${head.filter((part) => part !== undefined && part !== "").join(" ")}${below}\n`;
}
