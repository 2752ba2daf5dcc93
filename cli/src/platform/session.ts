import type { Settings } from "@gongjian/settings";
import type { Logger } from "pino";
import { startFailure } from "./failures";
import { closeOnSignal } from "./lifecycle";
import { createLogger } from "./logger";
import { Opened } from "./opened";
import { openAllInOne, type Platform } from "./platform";
import { migrate, openDatabase, openPostgres } from "./postgres";
import { loadSettings } from "./settings";

/** What a command has that works on the database as the admin, whose URL can read every schema. */
export interface AdminSession {
  settings: Settings;
  logger: Logger;
  adminUrl: string;
}

export interface Session extends AdminSession {
  platform: Platform;
}

/** Runs `work` with what it opens, and closes that at the end, or when the process is asked to end. */
async function session<T>(name: string, work: (settings: Settings, logger: Logger, opened: Opened) => Promise<T>): Promise<T> {
  const settings = loadSettings({ overrides: process.env["LOG_LEVEL"] ? {} : { logLevel: "warn" } });
  const logger = createLogger(settings, name);
  const opened = new Opened();
  const { release } = closeOnSignal(() => opened.close(), logger, { interrupted: true });
  try {
    return await work(settings, logger, opened);
  } catch (error) {
    // what a signal closed cannot go on, and the signal decides how the process ends
    if (opened.closing) return await new Promise<never>(() => undefined);
    throw startFailure(error, settings);
  } finally {
    await opened.close();
    release();
  }
}

const openServer = (settings: Settings, logger: Logger, opened: Opened) =>
  opened.open(
    () => openPostgres(settings, logger),
    (it) => it.stop(),
  );

/** Runs `work` on the database as it is: nothing is migrated. */
export const withDatabase = <T>(name: string, work: (admin: AdminSession) => Promise<T>): Promise<T> =>
  session(name, async (settings, logger, opened) => {
    const { adminUrl } = await openServer(settings, logger, opened);
    return work({ settings, logger, adminUrl });
  });

/**
 * Runs `work` on a migrated platform in this process, beside a server that may already run on the same data, and cleans up.
 * `readsPrivate: false`: the work has nothing to do with private data, and DATA_KEYS need not be there.
 */
export const withPlatform = <T>(name: string, work: (session: Session) => Promise<T>, { readsPrivate = true } = {}): Promise<T> =>
  session(name, async (settings, logger, opened) => {
    const { adminUrl } = await openServer(settings, logger, opened);
    await migrate(settings, adminUrl, logger);
    const platform = await opened.open(
      () => openAllInOne(settings, adminUrl, logger, (subgraph) => openDatabase(settings, subgraph, adminUrl, logger, readsPrivate)),
      (it) => it.close(),
    );
    return work({ settings, logger, adminUrl, platform });
  });
