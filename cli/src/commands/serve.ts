import { internalSecret, readSettings } from "@gongjian/settings";
import { serveSubgraph } from "@gongjian/subgraph";
import { Argument, type Command } from "commander";
import { openVerifier } from "../platform/identity";
import { closeOnSignal } from "../platform/lifecycle";
import { createLogger } from "../platform/logger";
import { errorLog, openGateway, peersOverHttp } from "../platform/platform";
import { openDatabase } from "../platform/postgres";
import { SUBGRAPHS, subgraphNamed } from "../platform/subgraphs";

async function serveOne(name: string): Promise<void> {
  const settings = readSettings(process.env);
  const logger = createLogger(settings, name);
  const module = subgraphNamed(name);
  const database = await openDatabase(settings, module, settings.databaseUrl, logger);
  const subgraph = module.create(database, peersOverHttp(settings, name), errorLog(logger, name));
  const port = { communities: settings.communitiesPort, events: settings.eventsPort, matching: settings.matchingPort }[module.name];
  const server = await serveSubgraph(subgraph, {
    host: settings.host,
    port,
    secret: internalSecret(settings),
    verifier: await openVerifier(settings),
    bodyLimit: settings.bodyLimitBytes,
    headersTimeoutMs: settings.headersTimeoutMs,
    requestTimeoutMs: settings.requestTimeoutMs,
    shutdownGraceMs: settings.shutdownGraceMs,
  });
  closeOnSignal(async () => {
    await server.close();
    await subgraph.close();
  }, logger);
  process.stdout.write(`${name}: ${server.url}/graphql\n`);
}

async function serveGateway(): Promise<void> {
  const settings = readSettings(process.env);
  const logger = createLogger(settings, "gateway");
  const platform = await openGateway(settings, logger);
  const url = await platform.gateway.listen(settings.port);
  closeOnSignal(() => platform.close(), logger);
  process.stdout.write(`gateway: ${url}/graphql\n`);
}

export const addServe = (program: Command): void => {
  program
    .command("serve")
    .description("run one service as a process of its own, for production and for start --split")
    .addArgument(new Argument("<service>").choices([...SUBGRAPHS.map(({ name }) => name), "gateway"]))
    .action((service: string) => (service === "gateway" ? serveGateway() : serveOne(service)));
};
