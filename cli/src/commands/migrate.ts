import type { Command } from "commander";
import { migrate } from "../platform/postgres";
import { withDatabase } from "../platform/session";

export const addMigrate = (program: Command): void => {
  program
    .command("migrate")
    .description("create what is missing in the database and run the migrations that have not run yet")
    .action(async () => {
      const migrated = await withDatabase("migrate", ({ settings, adminUrl, logger }) => migrate(settings, adminUrl, logger));
      process.stdout.write(
        migrated.length === 0
          ? "The database is up to date.\n"
          : `Ran ${migrated.length} migrations:\n${migrated.map((name) => `  ${name}\n`).join("")}`,
      );
    });
};
