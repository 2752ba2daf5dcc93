import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { readSettings, type Settings } from "@gongjian/settings";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { pino } from "pino";
import { openAllInOne, type Platform } from "../src/platform/platform";
import { SUBGRAPHS } from "../src/platform/subgraphs";

export interface TestPlatform {
  platform: Platform;
  database: TestDatabase;
  settings: Settings;
  close: () => Promise<void>;
}

type Options = Parameters<TestDatabase["open"]>[1];

/** The whole platform in this process, over a database of its own. `reach` says how a subgraph reaches it, where not straight. */
export async function testPlatform(reach: (database: TestDatabase, name: string) => Options = () => ({})): Promise<TestPlatform> {
  const database = await createTestDatabase({ subgraphs: SUBGRAPHS as never });
  const settings = readSettings({
    NODE_ENV: "test",
    DATA_DIR: mkdtempSync(join(tmpdir(), "gongjian-test-")),
    LOG_LEVEL: "silent",
    PORT: "0",
  });
  const platform = await openAllInOne(settings, undefined, pino({ level: "silent" }), ({ name }) =>
    database.open(name, reach(database, name)),
  );
  return {
    platform,
    database,
    settings,
    close: async () => {
      await platform.close();
      await database.close();
    },
  };
}
