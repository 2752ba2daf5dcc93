import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "@gongjian/database";
import { createGateway, type Gateway } from "@gongjian/gateway";
import { internalSecret, type Settings } from "@gongjian/settings";
import { httpEndpoint, inProcessEndpoint, type ErrorLog, type Peers, type SubgraphEndpoint } from "@gongjian/subgraph";
import type { Logger } from "pino";
import { ROOT } from "../root";
import { verifierOver } from "./identity";
import { openDatabase } from "./postgres";
import { SUBGRAPHS, type SubgraphModule } from "./subgraphs";

const readSupergraph = (): string => readFileSync(join(ROOT, "gateway", "supergraph.graphql"), "utf8");

export interface Platform {
  gateway: Gateway;
  /** The subgraphs' databases where they run in this process. */
  databases: ReadonlyMap<string, Database>;
  close: () => Promise<void>;
}

const errorLog =
  (logger: Logger, subgraph: string): ErrorLog =>
  ({ errorId, requestId, error }) =>
    logger.error({ subgraph, errorId, requestId, err: error }, "a request failed");

/** The endpoints by which subgraphs ask one another; filled in once they all stand. */
const peersOf = (endpoints: readonly SubgraphEndpoint[], peers: Peers): void => {
  for (const endpoint of endpoints) peers[endpoint.name as keyof Peers] = endpoint;
};

/** All three subgraphs in this process, behind the gateway. The gateway does not listen yet. */
export async function openAllInOne(
  settings: Settings,
  adminUrl: string | undefined,
  logger: Logger,
  databaseOf?: (subgraph: SubgraphModule) => Promise<Database>,
): Promise<Platform> {
  const peers: Peers = {};
  const databases = new Map<string, Database>();
  const endpoints: SubgraphEndpoint[] = [];
  try {
    for (const subgraph of SUBGRAPHS) {
      const database = await (databaseOf?.(subgraph) ?? openDatabase(settings, subgraph, adminUrl, logger));
      databases.set(subgraph.name, database);
      endpoints.push(inProcessEndpoint(subgraph.create(database, peers, errorLog(logger, subgraph.name))));
    }
    peersOf(endpoints, peers);
    const gateway = await createGateway({
      supergraphSdl: readSupergraph(),
      endpoints,
      verifier: await verifierOver(endpoints, settings, logger),
      settings,
      logger,
    });
    return { gateway, databases, close: () => gateway.close() };
  } catch (error) {
    await Promise.all([...databases.values()].map((database) => database.close()));
    throw error;
  }
}

const urlOf = (settings: Settings, name: string): string => {
  const url = { communities: settings.communitiesUrl, events: settings.eventsUrl, matching: settings.matchingUrl }[name];
  if (!url) throw new Error(`${name.toUpperCase()}_URL must be set to run the gateway over separate processes`);
  return url;
};

const overHttp = (settings: Settings, name: string): SubgraphEndpoint =>
  httpEndpoint({
    name,
    url: urlOf(settings, name),
    secret: internalSecret(settings),
    timeoutMs: settings.subgraphTimeoutMs,
    maxResponseBytes: settings.responseLimitBytes,
  });

/** The gateway alone, over subgraphs that run as processes of their own. */
export async function openGateway(settings: Settings, logger: Logger): Promise<Platform> {
  const endpoints = SUBGRAPHS.map(({ name }) => overHttp(settings, name));
  const gateway = await createGateway({
    supergraphSdl: readSupergraph(),
    endpoints,
    verifier: await verifierOver(endpoints, settings, logger),
    settings,
    logger,
  });
  return { gateway, databases: new Map(), close: () => gateway.close() };
}

/** The other subgraphs as a subgraph of its own process asks them: those whose URL is set. */
export function peersOverHttp(settings: Settings, self: string): Peers {
  const peers: Peers = {};
  const urls: Record<string, string | undefined> = {
    communities: settings.communitiesUrl,
    events: settings.eventsUrl,
    matching: settings.matchingUrl,
  };
  peersOf(
    SUBGRAPHS.filter(({ name }) => name !== self && urls[name]).map(({ name }) => overHttp(settings, name)),
    peers,
  );
  return peers;
}

export { errorLog };
