/**
 * `npm run check [step …]`: everything that can be told without running a test. One line a step; a failing one shows all that it
 * said. Steps run two at a time, for they use one core each.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isInstalled } from "./install.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const typescript = (file, ...args) => ["node", "-C", "source", "-r", "@swc-node/register", file, ...args];

const CODE = ["packages", "services", "gateway/src", "gateway/test", "cli", "scripts", "bench"].filter((folder) =>
  existsSync(join(root, folder)),
);

const STEPS = {
  types: ["tsc", "--noEmit", "-p", "tsconfig.json"],
  lint: ["eslint", "."],
  schemas: typescript("scripts/schemas.ts", "--check"),
  permissions: typescript("scripts/permissions.ts", "--check"),
  client: typescript("scripts/client.ts", "--check"),
  data: ["node", "data/check.cjs"],
  unused: ["knip"],
  boundaries: ["depcruise", "--config", ".dependency-cruiser.cjs", ...CODE],
  format: ["biome", "format", "--reporter=summary", "."],
};

function run(name) {
  const [command, ...args] = STEPS[name];
  const started = performance.now();
  return new Promise((resolve) => {
    let said = "";
    const child = spawn(command === "node" ? process.execPath : command, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      env: { ...process.env, PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH}`, NO_COLOR: "1" },
    });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
    child.on("error", (error) => (said += `${error.message}\n`));
    child.on("close", (code) => {
      const seconds = ((performance.now() - started) / 1_000).toFixed(1);
      process.stdout.write(`${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(10)} ${seconds.padStart(5)} s\n`);
      if (code !== 0) process.stdout.write(`${said.trimEnd().replaceAll(/^/gm, "       ")}\n`);
      resolve(code === 0);
    });
  });
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  process.stderr.write(`There is no step ${unknown.join(", ")}; there are ${Object.keys(STEPS).join(", ")}\n`);
  process.exit(2);
}
if (!isInstalled(root)) {
  process.stderr.write("The installed packages are not those of package-lock.json; run: npm install\n");
  process.exit(2);
}

const waiting = wanted.length > 0 ? wanted : Object.keys(STEPS);
const failed = [];
async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) if (!(await run(name))) failed.push(name);
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
process.stdout.write(failed.length === 0 ? "All checks passed.\n" : `Failed: ${failed.join(", ")}\n`);
process.exit(failed.length === 0 ? 0 : 1);
