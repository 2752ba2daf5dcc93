/** `npm run build [turbo arguments]`: every workspace into its dist/, in order, with a cache on this machine and no word to anyone else. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const turbo = join(root, "node_modules", "turbo", "bin", "turbo");
const { status } = spawnSync(process.execPath, [turbo, "run", "build", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
});
process.exit(status ?? 1);
