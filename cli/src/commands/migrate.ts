import { readSettings } from "@gongjian/settings";
import type { Command } from "commander";
import { createLogger } from "../platform/logger";
import { migrate, openPostgres } from "../platform/postgres";

export const addMigrate = (program: Command): void => {
  program
    .command("migrate")
    .description("create what is missing in the database and run the migrations that have not run yet")
    .action(async () => {
      const settings = readSettings(process.env);
      const logger = createLogger(settings, "migrate");
      const postgres = await openPostgres(settings, logger);
      try {
        const migrated = await migrate(settings, postgres.adminUrl, logger);
        process.stdout.write(
          migrated.length === 0
            ? "The database is up to date.\n"
            : `Ran ${migrated.length} migrations:\n${migrated.map((name) => `  ${name}\n`).join("")}`,
        );
      } finally {
        await postgres.stop();
      }
    });
};
