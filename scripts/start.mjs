/**
 * `npm start`: installs what is missing, then starts everything. Plain JavaScript without dependencies, so that it runs on a
 * fresh clone.
 */
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import launching from "../cli/bin/launcher.js";
import { install } from "./install.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
install(root);

const child = spawn(process.execPath, [join(root, "cli", "bin", "gongjian.js"), "start", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, GONGJIAN_LAUNCHER: String(launching.launcher()) },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
