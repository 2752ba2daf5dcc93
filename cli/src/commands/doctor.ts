import { existsSync } from "node:fs";
import { join } from "node:path";
import { printable, type Settings } from "@gongjian/settings";
import type { Command } from "commander";
import { exitCodeOf, explain } from "../failure";
import { startFailure } from "../platform/failures";
import { createLogger } from "../platform/logger";
import { loadSettings } from "../platform/settings";
import { ROOT } from "../root";
import { migrate, openPostgres } from "../platform/postgres";

interface Finding {
  what: string;
  ok: boolean;
  detail: string;
}

const node = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return { what: "Node.js", ok: major > 20 || (major === 20 && minor >= 19), detail: `${process.versions.node}, 20.19 or later is needed` };
};

const file = (what: string, path: string): Finding => ({
  what,
  ok: existsSync(path),
  detail: existsSync(path) ? "there" : `missing: ${path}`,
});

const reasonOf = (error: unknown): string => explain(error) ?? (error as Error).message;

async function database(settings: Settings): Promise<Finding> {
  try {
    const logger = createLogger({ ...settings, logLevel: "silent" }, "doctor");
    const postgres = await openPostgres(settings, logger);
    try {
      const migrated = await migrate(settings, postgres.adminUrl, logger);
      return {
        what: "Database",
        ok: true,
        detail: `${settings.databaseUrl ? "outside" : "embedded"} PostgreSQL answers, ${migrated.length === 0 ? "up to date" : `${migrated.length} migrations were run`}`,
      };
    } finally {
      await postgres.stop();
    }
  } catch (error) {
    return { what: "Database", ok: false, detail: reasonOf(startFailure(error, settings)) };
  }
}

/** Reads the settings, and asks the rest only when they are good: a database that nobody named would be the wrong one. */
async function settingsAndDatabase(): Promise<Finding[]> {
  let settings: Settings;
  try {
    settings = loadSettings();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    return [{ what: "Settings", ok: false, detail: reasonOf(error) }];
  }
  const read = Object.entries(printable(settings)).length;
  return [{ what: "Settings", ok: true, detail: `${read} read` }, await database(settings)];
}

export const addDoctor = (program: Command): void => {
  program
    .command("doctor")
    .description("check what a start needs, and say what is wrong")
    .action(async () => {
      const findings = [
        node(),
        file("Supergraph", join(ROOT, "gateway", "supergraph.graphql")),
        file("GraphiQL", join(ROOT, "gateway", "graphiql", "dist")),
        ...(await settingsAndDatabase()),
      ];
      for (const { what, ok, detail } of findings) process.stdout.write(`${ok ? "ok  " : "BAD "} ${what}: ${detail}\n`);
      if (findings.some((finding) => !finding.ok)) process.exitCode ??= 1;
    });
};
