import { nearNames, readSettings, type Settings } from "@gongjian/settings";
import { ensureFolder } from "./folder";

export interface Needs {
  overrides?: Partial<Settings>;
  /** Whether the embedded PostgreSQL would be used where DATABASE_URL is not set. Default true. */
  database?: boolean;
}

/**
 * The settings of this process's environment, with a line on standard error for each variable that looks like a slip, and DATA_DIR
 * made where it is used. @throws SettingsError, Failure
 */
export function loadSettings({ overrides = {}, database = true }: Needs = {}): Settings {
  for (const { given, meant } of nearNames(process.env))
    process.stderr.write(`gongjian: ${given} is not a setting and changes nothing; did you mean ${meant}?\n`);
  const settings = readSettings(process.env, overrides);
  const keepsFiles = settings.demoMode || settings.internalSecret === undefined || (database && settings.databaseUrl === undefined);
  if (keepsFiles) ensureFolder(settings.dataDir);
  return settings;
}
