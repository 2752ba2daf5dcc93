import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Settings } from "@gongjian/settings";
import { Failure } from "../failure";

/**
 * A list belongs to data that are there: in a folder that was not asked for, no empty database is made for it unseen.
 * @throws Failure that says which folder was looked at, and how to go on
 */
export function checkDataFolder({ databaseUrl, dataDir }: Pick<Settings, "databaseUrl" | "dataDir">, isChosen: boolean): void {
  const folder = resolve(dataDir);
  if (databaseUrl || isChosen || existsSync(join(folder, "postgres", "PG_VERSION"))) return;
  throw new Failure(
    `There is no data in ${folder}, and neither DATA_DIR nor DATABASE_URL says where it is. Run the import in the folder that the platform was started in, name its data folder with DATA_DIR, or reach a running platform with --url.`,
  );
}
