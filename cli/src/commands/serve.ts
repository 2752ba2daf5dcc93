import { warmUp } from "@gongjian/hantext";
import { internalSecret, type Settings } from "@gongjian/settings";
import { inProcessEndpoint, serveSubgraph } from "@gongjian/subgraph";
import { Argument, type Command } from "commander";
import type { Logger } from "pino";
import { startFailure } from "../platform/failures";
import { openVerifier, verifierOver } from "../platform/identity";
import { closeOnSignal } from "../platform/lifecycle";
import { createLogger } from "../platform/logger";
import { Opened } from "../platform/opened";
import { errorLog, openGateway, peersOverHttp } from "../platform/platform";
import { openDatabase } from "../platform/postgres";
import { loadSettings } from "../platform/settings";
import { SUBGRAPHS, subgraphNamed } from "../platform/subgraphs";

/** How many times larger than a person's the gateway's requests may be. */
const GATEWAY_BODIES = 20;

/** Runs a service until it is asked to end; what `open` opens is closed then, or when the start fails. */
async function serve(name: string, open: (settings: Settings, logger: Logger, opened: Opened) => Promise<string>): Promise<void> {
  const settings = loadSettings({ database: false });
  const logger = createLogger(settings, name, { service: true });
  const opened = new Opened();
  closeOnSignal(() => opened.close(), logger);
  try {
    process.stdout.write(`${name}: ${await open(settings, logger, opened)}/graphql\n`);
  } catch (error) {
    if (opened.closing) return;
    await opened.close().catch((reason: unknown) => logger.error({ err: reason }, "did not end cleanly"));
    throw startFailure(error, settings);
  }
}

const serveOne = (name: string): Promise<void> =>
  serve(name, async (settings, logger, opened) => {
    const module = subgraphNamed(name);
    const database = await opened.open(
      () => openDatabase(settings, module, settings.databaseUrl, logger),
      (it) => it.close(),
    );
    const peers = peersOverHttp(settings, name);
    const subgraph = module.create(database, peers, errorLog(logger, name));
    const port = { communities: settings.communitiesPort, events: settings.eventsPort, matching: settings.matchingPort }[module.name];
    // communities has the memberships itself; the others ask it
    const communities = name === "communities" ? inProcessEndpoint(subgraph) : peers.communities;
    const verifier = await (communities ? verifierOver([communities], settings, logger) : openVerifier(settings));
    const options = {
      host: settings.host,
      port,
      secret: internalSecret(settings),
      verifier,
      // the gateway asks for the entities of a whole page at once, which is more than a person sends
      bodyLimit: settings.bodyLimitBytes * GATEWAY_BODIES,
      headersTimeoutMs: settings.headersTimeoutMs,
      requestTimeoutMs: settings.requestTimeoutMs,
      shutdownGraceMs: settings.shutdownGraceMs,
      keepAliveTimeoutMs: settings.keepAliveTimeoutMs,
      maxConnections: settings.maxConnections,
      // callers without the gateway have its limits
      limits: settings,
    };
    const server = await opened.open(
      () => serveSubgraph(subgraph, options),
      (it) => it.close(),
    );
    if (name === "communities") void warmUp();
    return server.url;
  });

const serveGateway = (): Promise<void> =>
  serve("gateway", async (settings, logger, opened) => {
    const platform = await opened.open(
      () => openGateway(settings, logger),
      (it) => it.close(),
    );
    return platform.gateway.listen(settings.port);
  });

export const addServe = (program: Command): void => {
  program
    .command("serve")
    .description("run one service as a process of its own, for production and for start --split")
    .addArgument(new Argument("<service>", "which one runs here").choices([...SUBGRAPHS.map(({ name }) => name), "gateway"]))
    .action((service: string) => (service === "gateway" ? serveGateway() : serveOne(service)));
};
