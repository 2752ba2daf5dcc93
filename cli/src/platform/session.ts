import { readSettings, type Settings } from "@gongjian/settings";
import type { Logger } from "pino";
import { createLogger } from "./logger";
import { openAllInOne, type Platform } from "./platform";
import { migrate, openPostgres } from "./postgres";

export interface Session {
  settings: Settings;
  logger: Logger;
  adminUrl: string;
  platform: Platform;
}

/** Runs `work` on a migrated platform in this process, beside a server that may already run on the same data, and cleans up. */
export async function withPlatform<T>(name: string, work: (session: Session) => Promise<T>): Promise<T> {
  const settings = readSettings(process.env, process.env["LOG_LEVEL"] ? {} : { logLevel: "warn" });
  const logger = createLogger(settings, name);
  const postgres = await openPostgres(settings, logger);
  try {
    await migrate(settings, postgres.adminUrl, logger);
    const platform = await openAllInOne(settings, postgres.adminUrl, logger);
    try {
      return await work({ settings, logger, adminUrl: postgres.adminUrl, platform });
    } finally {
      await platform.close();
    }
  } finally {
    await postgres.stop();
  }
}
