/** `npm test [jest arguments]`: installs what is missing, then runs the tests. Plain JavaScript without dependencies, as start.mjs is. */
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
install(root);

const child = spawn(process.execPath, [join(root, "node_modules", "jest", "bin", "jest.js"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
