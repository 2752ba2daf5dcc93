/**
 * `npm start`: installs what is missing, then starts everything. Plain JavaScript without dependencies, so that it runs on a
 * fresh clone.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
install(root);

const LEVELS = 3;

/** The npm that runs this script, or this process where there is none: when it is killed, nobody is left to end the server. */
function launcher() {
  let pid = process.ppid;
  for (let level = 0; process.env.npm_lifecycle_event && level < LEVELS && pid > 1; level++) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      if (stat.slice(stat.indexOf("(") + 1).startsWith("npm")) return pid;
      pid = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    } catch {
      break;
    }
  }
  return process.pid;
}

const child = spawn(process.execPath, [join(root, "cli", "bin", "gongjian.js"), "start", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, GONGJIAN_LAUNCHER: String(launcher()) },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
