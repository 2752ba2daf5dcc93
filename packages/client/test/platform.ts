import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { communitiesSubgraph } from "@gongjian/communities";
import * as communities from "@gongjian/entities-communities";
import * as events from "@gongjian/entities-events";
import * as matching from "@gongjian/entities-matching";
import { eventsSubgraph } from "@gongjian/events";
import { createGateway, type Gateway } from "@gongjian/gateway";
import { matchingSubgraph } from "@gongjian/matching";
import { readSettings, type Settings } from "@gongjian/settings";
import {
  httpEndpoint,
  localIssuer,
  type Peers,
  type Role,
  type RunningServer,
  serveSubgraph,
  type SubgraphEndpoint,
  TokenVerifier,
} from "@gongjian/subgraph";
import { createTestDatabase, someone } from "@gongjian/testing";
import { pino } from "pino";

const SECRET = "a secret that only this test knows, long enough";
const SUPERGRAPH = readFileSync(join(__dirname, "..", "..", "..", "gateway", "supergraph.graphql"), "utf8");
const silent = pino({ level: "silent" });

export interface TestPlatform {
  /** The gateway's /graphql. */
  url: string;
  /** The communities subgraph's own /graphql. */
  communitiesUrl: string;
  token(role: Role, scope: string, seconds?: number): Promise<string>;
  /** Another gateway over the same subgraphs. */
  gateway(settings?: Partial<Settings>): Promise<Gateway & { url: string }>;
  /** Writes rows as an administrator; fails when one is refused. */
  imported(concept: string, rows: object[]): Promise<void>;
  close(): Promise<void>;
}

/** As `start --split` has it, in one process: three subgraphs that are served over HTTP, and gateways over the committed supergraph. */
export async function openPlatform(): Promise<TestPlatform> {
  const database = await createTestDatabase({ subgraphs: [communities, events, matching] as never });
  const issuer = await localIssuer(mkdtempSync(join(tmpdir(), "gongjian-client-test-")));
  const verifier = new TokenVerifier({ issuers: [issuer], clockToleranceSeconds: 0 });
  const peers: Peers = {};
  const log = (): void => undefined;
  const subgraphs = [
    communitiesSubgraph(await database.open("communities"), peers, log),
    eventsSubgraph(await database.open("events"), peers, log),
    matchingSubgraph(await database.open("matching"), peers, log),
  ];
  const servers: RunningServer[] = [];
  for (const subgraph of subgraphs)
    servers.push(await serveSubgraph(subgraph, { host: "127.0.0.1", port: 0, secret: SECRET, verifier, bodyLimit: 1_000_000 }));
  const endpoints = (): SubgraphEndpoint[] =>
    subgraphs.map(({ name }, index) =>
      httpEndpoint({ name, url: servers[index]!.url, secret: SECRET, timeoutMs: 10_000, maxResponseBytes: 10_000_000 }),
    );
  const between = endpoints();
  for (const endpoint of between) peers[endpoint.name as keyof Peers] = endpoint;

  const gateways: Gateway[] = [];
  async function gateway(settings: Partial<Settings> = {}): Promise<Gateway & { url: string }> {
    const opened = await createGateway({
      supergraphSdl: SUPERGRAPH,
      endpoints: endpoints(),
      verifier,
      settings: readSettings({}, settings),
      logger: silent,
    });
    gateways.push(opened);
    const url = `${await opened.listen(0)}/graphql`;
    return { ...opened, url };
  }
  const main = await gateway();

  return {
    url: main.url,
    communitiesUrl: `${servers[0]!.url}/graphql`,
    token: (role, scope, seconds = 600) => issuer.mint({ subject: `${role} ${scope}`, memberships: [{ role, scope }] }, seconds),
    gateway,
    async imported(concept, rows) {
      const query = `mutation ($input: Import${concept}Input!) { answer: import${concept}(input: $input) { ... on BulkOutcome { written rows { problems { message } } } } }`;
      const result = await main.executeOperation({ query, variables: { input: { rows } } }, { viewer: someone.admin });
      if (!(result.data?.["answer"] as { written?: boolean } | undefined)?.written)
        throw new Error(`${concept}: ${JSON.stringify(result)}`);
    },
    async close() {
      await Promise.all(gateways.map((opened) => opened.close()));
      await Promise.all(between.map((endpoint) => endpoint.close()));
      await Promise.all(servers.map((server) => server.close()));
      await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
      await database.close();
    },
  };
}
