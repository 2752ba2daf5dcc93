import { SEALED_TABLES } from "@gongjian/communities";
import { rotateSealed } from "@gongjian/database";
import type { Command } from "commander";
import { Failure } from "../failure";
import { openDatabase } from "../platform/postgres";
import { withDatabase } from "../platform/session";
import { subgraphNamed } from "../platform/subgraphs";

const MOST = 1_000;

async function rotate({ batch }: { batch: string }): Promise<void> {
  const size = Number(batch);
  if (!Number.isInteger(size) || size < 1 || size > MOST) throw new Failure(`--batch is a whole number from 1 to ${MOST}.`);
  await withDatabase("keys", async ({ settings, logger, adminUrl }) => {
    const database = await openDatabase(settings, subgraphNamed("communities"), adminUrl, logger);
    try {
      for (const sealed of SEALED_TABLES) {
        const rows = await rotateSealed(database, sealed, { size });
        process.stdout.write(`${sealed.schema}.${sealed.table}: ${rows} rows sealed anew with ${database.keys.current}\n`);
      }
    } finally {
      await database.close();
    }
  });
}

export const addKeys = (program: Command): void => {
  program
    .command("keys")
    .description("the keys that private data is encrypted with (DATA_KEYS)")
    .command("rotate")
    .description("encrypt everything with the first of DATA_KEYS, in batches, while the platform serves; broken off, it can be run again")
    .option("--batch <rows>", `rows of a transaction, 1 to ${MOST}`, "200")
    .action(rotate);
};
