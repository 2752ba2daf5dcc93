import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings, type Settings } from "@gongjian/settings";
import {
  type ExecutableSubgraph,
  httpEndpoint,
  inProcessEndpoint,
  type LocalIssuer,
  localIssuer,
  type RunningServer,
  serveSubgraph,
  type SubgraphEndpoint,
  TokenVerifier,
} from "@gongjian/subgraph";
import pino from "pino";
import { compose, createGateway, type Gateway } from "../src";
import { toyCommunities, toyEvents } from "./toys";

export const SECRET = "a secret that only this test knows, long enough";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
  json: any;
}

export interface Door {
  gateway: Gateway;
  url: string;
  issuer: LocalIssuer;
  /** What the gateway logged. */
  log: string[];
  subgraphs: (ExecutableSubgraph & { healthy: boolean })[];
  /** The subgraphs' own servers, with `split`. */
  servers: RunningServer[];
  /** Posts an operation as JSON. */
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  send(path: string, init?: RequestInit): Promise<Answer>;
  close(): Promise<void>;
}

export interface DoorOptions {
  split?: boolean;
  settings?: Partial<Settings>;
  logLevel?: string;
  wrap?: (endpoint: SubgraphEndpoint) => SubgraphEndpoint;
}

/** A gateway over the toy subgraphs on a free port; with `split` they are asked over HTTP. */
export async function openDoor({
  split = false,
  settings: overrides,
  logLevel = "debug",
  wrap = (endpoint) => endpoint,
}: DoorOptions = {}): Promise<Door> {
  const settings = readSettings({}, overrides);
  const issuer = await localIssuer(mkdtempSync(join(tmpdir(), "gongjian-keys-")));
  const verifier = new TokenVerifier({ issuers: [issuer], clockToleranceSeconds: 5 });
  const subgraphs = [toyCommunities(), toyEvents()];
  const servers: RunningServer[] = [];
  const endpoints: SubgraphEndpoint[] = [];
  for (const subgraph of subgraphs) {
    if (split) {
      const server = await serveSubgraph(subgraph, { host: "127.0.0.1", port: 0, secret: SECRET, verifier, bodyLimit: 1_000_000 });
      servers.push(server);
      const { subgraphTimeoutMs: timeoutMs } = settings;
      endpoints.push(wrap(httpEndpoint({ name: subgraph.name, url: server.url, secret: SECRET, timeoutMs, maxResponseBytes: 10_000_000 })));
    } else {
      endpoints.push(wrap(inProcessEndpoint(subgraph)));
    }
  }
  const log: string[] = [];
  const logger = pino({ level: logLevel }, { write: (line: string) => void log.push(line) });
  const gateway = await createGateway({ supergraphSdl: compose(subgraphs), endpoints, verifier, settings, logger });
  const url = await gateway.listen(0);
  const send: Door["send"] = async (path, init) => {
    const response = await fetch(`${url}${path}`, { redirect: "manual", ...init });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
  };
  return {
    gateway,
    url,
    issuer,
    log,
    subgraphs,
    servers,
    send,
    ask: (query, variables, headers = {}) =>
      send("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    async close() {
      await gateway.close();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
