import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "./definitions";
import { SettingsError } from "./settings-error";

type Where = Pick<Settings, "dataDir">;

/** The secret that gateway and subgraphs share: the given one, or in demo mode one made once and kept in DATA_DIR for its owner alone. */
export const internalSecret = ({ internalSecret: given, dataDir }: Pick<Settings, "internalSecret"> & Where): string =>
  given ?? madeOnce(dataDir, "internal-secret", () => randomBytes(32).toString("base64url"));

/**
 * The keys of private data, as `DATA_KEYS` writes them: the given ones, or in demo mode one made once and kept in DATA_DIR for its owner alone.
 * @throws SettingsError outside demo mode, where a key that lies beside the data would protect nothing
 */
export function dataKeys({ dataKeys: given, demoMode, dataDir }: Pick<Settings, "dataKeys" | "demoMode"> & Where): string {
  if (given !== undefined) return given;
  if (!demoMode) {
    const line = "DATA_KEYS: missing; expected id:base64 of 32 random bytes, e.g. k1: and what `openssl rand -base64 32` prints";
    throw new SettingsError([{ variable: "DATA_KEYS", line }]);
  }
  return madeOnce(dataDir, "data-keys", () => `demo:${randomBytes(32).toString("base64")}`);
}

/** What a file of DATA_DIR holds, made where it is missing. */
function madeOnce(dataDir: string, file: string, make: () => string): string {
  const path = join(dataDir, file);
  const kept = read(path);
  if (kept !== null) return kept;
  mkdirSync(dataDir, { recursive: true });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, make(), { mode: 0o600 });
  try {
    // link() fails when the name is taken: processes that start at once end up with one secret
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return read(path) as string;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
