import { pino } from "pino";
import { readable } from "./log-line";
import { logFormat } from "./logger";

function lineOf(log: (logger: pino.Logger) => void): string {
  let line = "";
  const stream = { write: (text: string) => void (line += readable(text)) };
  log(pino({ base: { name: "gongjian", pid: 7 }, timestamp: () => `,"time":"${new Date(2024, 3, 8, 9, 5, 1).toISOString()}"` }, stream));
  return line;
}

test("a line for people: time, level, who, what, further fields", () => {
  expect(lineOf((logger) => logger.info("started"))).toBe("09:05:01 info  gongjian: started\n");
  expect(lineOf((logger) => logger.warn({ reason: "not there", port: 4000, host: "::1" }, "lost"))).toBe(
    '09:05:01 warn  gongjian: lost reason="not there" port=4000 host=::1\n',
  );
});

test("an error stands below with its stack, and a line that is no JSON is left as it is", () => {
  const error = new Error("broken\nin two");
  expect(lineOf((logger) => logger.error({ err: error }, "a request failed"))).toBe(
    `09:05:01 error gongjian: a request failed\n${error.stack}\n`,
  );
  expect(readable("not json\n")).toBe("not json\n");
});

test.each([
  [{ logLevel: "info" }, {}, "text"],
  [{ logLevel: "info", nodeEnv: "production" }, { isTerminal: true }, "json"],
  [{ logLevel: "info" }, { service: true }, "json"],
  [{ logLevel: "info" }, { service: true, isTerminal: true }, "text"],
  [{ logLevel: "info", logFormat: "json" }, { isTerminal: true }, "json"],
  [{ logLevel: "info", nodeEnv: "production", logFormat: "text" }, { service: true }, "text"],
] as const)("%j %j is written as %s", (settings, use, format) => expect(logFormat(settings, use)).toBe(format));
