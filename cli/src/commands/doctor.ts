import { existsSync } from "node:fs";
import { join } from "node:path";
import { printable, readSettings, SettingsError } from "@gongjian/settings";
import type { Command } from "commander";
import { explain } from "../failure";
import { createLogger } from "../platform/logger";
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

async function database(): Promise<Finding> {
  try {
    const settings = readSettings(process.env, { logLevel: "silent" });
    const logger = createLogger(settings, "doctor");
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
    return { what: "Database", ok: false, detail: explain(error) ?? (error as Error).message };
  }
}

function settings(): Finding {
  try {
    const read = readSettings(process.env);
    const set = Object.entries(printable(read)).length;
    return { what: "Settings", ok: true, detail: `${set} read` };
  } catch (error) {
    return { what: "Settings", ok: false, detail: error instanceof SettingsError ? error.message : String(error) };
  }
}

export const addDoctor = (program: Command): void => {
  program
    .command("doctor")
    .description("check what a start needs, and say what is wrong")
    .action(async () => {
      const findings = [
        node(),
        settings(),
        file("Supergraph", join(ROOT, "gateway", "supergraph.graphql")),
        file("GraphiQL", join(ROOT, "gateway", "graphiql", "dist")),
        await database(),
      ];
      for (const { what, ok, detail } of findings) process.stdout.write(`${ok ? "ok  " : "BAD "} ${what}: ${detail}\n`);
      if (findings.some((finding) => !finding.ok)) process.exitCode = 1;
    });
};
