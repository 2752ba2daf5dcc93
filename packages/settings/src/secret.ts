import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "./definitions";

const FILE = "internal-secret";

/** The secret that gateway and subgraphs share: the given one, or in demo mode one made once and kept in DATA_DIR for its owner alone. */
export function internalSecret({ internalSecret: given, dataDir }: Pick<Settings, "internalSecret" | "dataDir">): string {
  if (given !== undefined) return given;
  const path = join(dataDir, FILE);
  const kept = read(path);
  if (kept !== null) return kept;
  mkdirSync(dataDir, { recursive: true });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600 });
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
