/** Installs what a fresh clone lacks: the packages of the lock file, and the bundled GraphiQL. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const [major, minor] = process.versions.node.split(".").map(Number);

/** Whether the packages of the lock file are there. npm writes the marker at the end of an install; one that was interrupted leaves none, or an older one. */
export const isInstalled = (root) => {
  const marker = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(marker)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(marker, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === "" || optional || link || !path.includes("node_modules/") || present[path]?.version === version,
  );
};

const run = (root, command, args) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (error || status !== 0) {
    process.stderr.write(`gongjian: ${command} ${args.join(" ")} failed${error ? `: ${error.message}` : ""}\n`);
    process.exit(status ?? 1);
  }
};

/** Exits with a line where Node.js is too old or an install fails. */
export function install(root) {
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`gongjian: Node.js 20.19 or later is needed, this is ${process.versions.node}\n`);
    process.exit(1);
  }
  if (!isInstalled(root)) {
    process.stderr.write("Installing packages (npm ci) …\n");
    run(root, "npm", ["ci", "--no-audit", "--no-fund"]);
  }
  const bundle = join(root, "gateway", "graphiql", "build.mjs");
  if (existsSync(bundle) && statSync(bundle).isFile()) run(root, process.execPath, [bundle]);
}
