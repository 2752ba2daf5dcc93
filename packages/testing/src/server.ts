import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { databaseUrl, startEmbedded } from "@gongjian/database";
import { dropLeftovers, ensureTestDatabase } from "./admin";

/** The environment variable through which the set-up tells the tests where the server is. */
export const TEST_SERVER_VARIABLE = "TEST_DATABASE_URL";
const HOME_DATABASE = "gongjian_test";

/** The same folder for every run of this checkout and user; a fresh one where somebody else owns that name. */
function dataFolder(): string {
  const uid = process.getuid?.() ?? 0;
  const checkout = createHash("sha256").update(resolve(__dirname, "../../..")).digest("hex").slice(0, 12);
  const folder = join(tmpdir(), `gongjian-test-${uid}-${checkout}`);
  mkdirSync(folder, { recursive: true });
  return statSync(folder).uid === uid || uid === 0 ? folder : mkdtempSync(`${folder}-`);
}

/** Removes what a power loss may have spoilt: test servers do not flush to disk. */
function wipe(folder: string): void {
  try {
    rmSync(readFileSync(join(folder, "postgres.path"), "utf8").trim(), { recursive: true, force: true });
  } catch {
    // No pointer: the files are in the folder itself.
  }
  rmSync(folder, { recursive: true, force: true });
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = dataFolder();
  try {
    return await startEmbedded({ dataDir, durable: false });
  } catch {
    wipe(dataDir);
    return startEmbedded({ dataDir, durable: false });
  }
}

/** Sets TEST_DATABASE_URL for the tests: left as it is when somebody set it, else that of an embedded server that this call starts. */
export async function prepareTestServer(): Promise<{ stop(): Promise<void> }> {
  const outside = process.env[TEST_SERVER_VARIABLE];
  if (outside) {
    await ensureTestDatabase(outside);
    return { stop: async () => undefined };
  }
  const server = await startServer();
  const url = databaseUrl(server.url, HOME_DATABASE);
  await ensureTestDatabase(url);
  await dropLeftovers(url);
  process.env[TEST_SERVER_VARIABLE] = url;
  return server;
}
