import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings, type Settings } from "@gongjian/settings";
import type { Logger } from "pino";
import { loadDemo } from "../cli/src/import/demo";
import { keysDir } from "../cli/src/platform/identity";
import { createLogger } from "../cli/src/platform/logger";
import { openAllInOne, type Platform } from "../cli/src/platform/platform";
import { migrate, openPostgres } from "../cli/src/platform/postgres";

/** A migrated platform with the demo, in a PostgreSQL and a folder of its own. */
export interface Installation {
  settings: Settings;
  logger: Logger;
  adminUrl: string;
  /** What a process of this installation is started with. */
  env: NodeJS.ProcessEnv;
  /** Creates and migrates one more database in the same PostgreSQL. @returns its URL */
  another(name: string): Promise<string>;
  /** The platform in this process over one of its databases; to be closed by the caller. */
  open(adminUrl: string): Promise<Platform>;
  remove(): Promise<void>;
}

/** Production settings, but with the local issuer, which mints the tokens; logs of what goes wrong only. */
const ENVIRONMENT = { NODE_ENV: "production", DEMO_MODE: "true", ALLOW_DEMO_IN_PRODUCTION: "true", LOG_LEVEL: "warn" };

/** As shells report a program that was ended by Ctrl-C. */
const INTERRUPTED = 130;

export async function install(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), "gongjian-bench-"));
  const settings = readSettings({ ...ENVIRONMENT, DATA_DIR: folder });
  const logger = createLogger(settings, "bench");
  const opening = openPostgres(settings, logger);
  async function remove(): Promise<void> {
    await opening.then((postgres) => postgres.stop());
    rmSync(folder, { recursive: true, force: true });
  }
  // whoever interrupts the bench wants its PostgreSQL gone, which is a process of its own; also while it starts
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => void remove().finally(() => process.exit(INTERRUPTED)));
  }
  const { adminUrl } = await opening;
  const open = (url: string): Promise<Platform> => openAllInOne(settings, url, logger);
  async function another(name: string): Promise<string> {
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    await migrate(settings, url.href, logger);
    return url.href;
  }
  try {
    await migrate(settings, adminUrl, logger);
    const platform = await open(adminUrl);
    await loadDemo(platform, adminUrl, () => undefined).finally(() => platform.close());
  } catch (error) {
    await remove();
    throw error;
  }
  const env = { ...ENVIRONMENT, DATA_DIR: folder, DATABASE_URL: adminUrl, KEYS_DIR: keysDir(settings) };
  return { settings, logger, adminUrl, env, another, open, remove };
}
