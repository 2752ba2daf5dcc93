import { warmUp } from "@gongjian/hantext";
import type { Settings } from "@gongjian/settings";
import type { Command } from "commander";
import type { Logger } from "pino";
import { banner } from "../banner";
import { demoIsLoaded, loadDemo } from "../import/demo";
import { startFailure } from "../platform/failures";
import { closeOnSignal, type Lifecycle } from "../platform/lifecycle";
import { createLogger } from "../platform/logger";
import { Opened } from "../platform/opened";
import { openAllInOne } from "../platform/platform";
import { ensurePorts } from "../platform/ports";
import { migrate, openPostgres } from "../platform/postgres";
import { loadSettings } from "../platform/settings";
import { SplitServices } from "../platform/split";

interface Options {
  split?: boolean;
  demo: boolean;
}

interface Run {
  settings: Settings;
  logger: Logger;
  opened: Opened;
  lifecycle: Lifecycle;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function start(options: Options): Promise<void> {
  const settings = loadSettings();
  await ensurePorts(settings, options.split === true);
  const logger = createLogger(settings, "gongjian");
  // before anything is opened: a signal while the database starts must not leave it behind
  const opened = new Opened();
  const lifecycle = closeOnSignal(() => opened.close(), logger);
  try {
    await startAll(options, { settings, logger, opened, lifecycle });
  } catch (error) {
    // what a signal closed cannot go on, and the signal decides how the process ends
    if (opened.closing) return;
    await opened.close().catch((reason: unknown) => logger.error({ err: reason }, "did not end cleanly"));
    throw startFailure(error, settings);
  }
}

async function startAll(options: Options, { settings, logger, opened, lifecycle }: Run): Promise<void> {
  const postgres = await opened.open(
    () => openPostgres(settings, logger),
    (it) => it.stop(),
  );
  await migrate(settings, postgres.adminUrl, logger);
  const platform = await opened.open(
    () => openAllInOne(settings, postgres.adminUrl, logger),
    (it) => it.close(),
  );
  // the port first: one that is taken should be told before the demo is loaded
  const url = options.split ? undefined : await platform.gateway.listen(settings.port);
  if (settings.demoMode && options.demo && !(await demoIsLoaded(platform))) {
    say("Loading the demo (once) …");
    await loadDemo(platform, postgres.adminUrl, (line) => logger.info(line));
  }
  if (url) {
    say(banner(url, settings.demoMode));
    return warmUp();
  }
  await platform.close();
  const services = await opened.open(
    async () => new SplitServices(settings, postgres, lifecycle.fail),
    (it) => it.close(),
  );
  await services.start(say);
}

export const addStart = (program: Command): void => {
  program
    .command("start")
    .description("start everything: PostgreSQL unless DATABASE_URL is set, migrations, the demo once, all services")
    .option("--split", "each service as a process of its own, over HTTP")
    .option("--no-demo", "do not load the demo")
    .action(start);
};
