import { readSettings } from "@gongjian/settings";
import type { Command } from "commander";
import { banner } from "../banner";
import { demoIsLoaded, loadDemo } from "../import/demo";
import { closeOnSignal } from "../platform/lifecycle";
import { createLogger } from "../platform/logger";
import { openAllInOne } from "../platform/platform";
import { migrate, openPostgres } from "../platform/postgres";
import { startSplit } from "../platform/split";

interface Options {
  split?: boolean;
  demo: boolean;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function start(options: Options): Promise<void> {
  const settings = readSettings(process.env);
  const logger = createLogger(settings, "gongjian");
  const postgres = await openPostgres(settings, logger);
  let close = async (): Promise<void> => undefined;
  closeOnSignal(async () => {
    await close();
    await postgres.stop();
  }, logger);
  try {
    await migrate(settings, postgres.adminUrl, logger);
    const platform = await openAllInOne(settings, postgres.adminUrl, logger);
    close = () => platform.close();
    // the port first: one that is taken should be told before the demo is loaded
    const url = options.split ? undefined : await platform.gateway.listen(settings.port);
    if (settings.demoMode && options.demo && !(await demoIsLoaded(platform))) {
      say("Loading the demo (once) …");
      await loadDemo(platform, postgres.adminUrl, (line) => logger.info(line));
    }
    if (url) return say(banner(url, settings.demoMode));
    await platform.close();
    close = await startSplit(settings, postgres, say);
  } catch (error) {
    await close();
    await postgres.stop();
    throw error;
  }
}

export const addStart = (program: Command): void => {
  program
    .command("start")
    .description("start everything: PostgreSQL unless DATABASE_URL is set, migrations, the demo once, all services")
    .option("--split", "each service as a process of its own, over HTTP")
    .option("--no-demo", "do not load the demo")
    .action(start);
};
