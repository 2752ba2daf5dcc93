import { verifyAudit } from "@gongjian/database";
import type { Command } from "commander";
import { type Migrations, SCHEMAS } from "../backup/catalog";
import { restoreBackup } from "../backup/restore";
import { writeBackup } from "../backup/write";
import { migrate } from "../platform/postgres";
import { withDatabase } from "../platform/session";
import { auditLine } from "./audit";

async function backup(file: string): Promise<void> {
  const { tables, rows } = await withDatabase("backup", ({ adminUrl }) => writeBackup(adminUrl, file));
  process.stdout.write(`Wrote ${rows} rows of ${tables} tables to ${file}\n`);
}

async function restore(file: string, options: { replace?: boolean }): Promise<void> {
  const { report, audits } = await withDatabase("restore", async ({ adminUrl, settings, logger }) => {
    const run = (only?: Migrations) => migrate(settings, adminUrl, logger, only);
    const report = await restoreBackup(adminUrl, file, options.replace === true, run);
    return { report, audits: await verifyAudit(adminUrl, SCHEMAS) };
  });
  process.stdout.write(`Restored ${report.rows} rows of ${report.tables} tables, as they were at ${report.at}\n`);
  process.stdout.write(audits.map(auditLine).join(""));
  if (audits.some(({ problem }) => problem !== null)) process.exitCode = 1;
}

export const addBackup = (program: Command): void => {
  program
    .command("backup")
    .description("write all that the subgraphs keep into a file, as it is at one moment; services may run meanwhile")
    .argument("<file>", "where to write it; it holds private data, and only its owner may read it")
    .action(backup);
  program
    .command("restore")
    .description("put a backup into an empty database, wholly or not at all, and verify its audit trail; the services must be stopped")
    .argument("<file>", "what `gongjian backup` wrote")
    .option("--replace", "in the place of what is there: everything written since the backup is lost")
    .action(restore);
};
