import type { IncomingMessage, ServerResponse } from "node:http";
import {
  ANONYMOUS,
  type Call,
  listen,
  Refusal,
  requestIdFrom,
  requestMetrics,
  type SubgraphEndpoint,
  type SubgraphRequest,
} from "@gongjian/subgraph";
import type { FormattedExecutionResult, GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { GatewayContext } from "./data-source";
import { ErrorMask } from "./errors";
import type { Verifier } from "./front/credentials";
import { CARD, type Card } from "./card/card";
import { createFront } from "./front/front";
import { Proxies, rateLimits } from "./guard";
import { VERIFY, type Verification } from "./letter/verification";
import { type Readiness, readiness } from "./readiness";
import { startServer } from "./server";
import type { GatewaySettings } from "./settings";

const BREAKER_NUMBERS = { closed: 0, "half-open": 1, open: 2 } as const;

export interface GatewayOptions {
  supergraphSdl: string;
  /** One for each subgraph of the supergraph, by name. */
  endpoints: readonly SubgraphEndpoint[];
  /** Verifies bearer tokens. */
  verifier: Verifier;
  settings: GatewaySettings;
  logger: Logger;
}

export interface Gateway {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  /** Where it listens, once it does. */
  readonly url: string | undefined;
  /** Answers one HTTP request. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Executes an operation for a caller in this process, the public unless `call` says otherwise. Limits and masking apply. */
  executeOperation(request: SubgraphRequest, call?: Partial<Call>): Promise<FormattedExecutionResult>;
  /** Whether the subgraphs can answer. */
  ready(): Promise<Readiness>;
  /** Rejects with the system's error when the port is taken. @returns the URL */
  listen(port: number): Promise<string>;
  /** Stops accepting, lets requests in flight finish (at most the grace period), then closes the endpoints. */
  close(): Promise<void>;
}

/** The front door over some subgraphs. Resolves when it can answer. */
export async function createGateway({ supergraphSdl, endpoints, verifier, settings, logger }: GatewayOptions): Promise<Gateway> {
  const metrics = requestMetrics("gateway");
  const mask = new ErrorMask(logger, metrics.error);
  const server = await startServer({ supergraphSdl, endpoints, settings, logger, mask });
  metrics.gauge("gongjian_breaker_state", "Breaker of a subgraph: 0 closed, 1 half-open, 2 open", "subgraph", () =>
    Object.fromEntries([...server.breakers].map(([name, { state }]) => [name, BREAKER_NUMBERS[state]])),
  );
  const caches = (what: "entries" | "characters") => () =>
    Object.fromEntries(Object.entries(server.caches()).map(([name, sizes]) => [name, sizes[what]]));
  metrics.gauge("gongjian_cache_entries", "Entries of a cache", "cache", caches("entries"));
  metrics.gauge("gongjian_cache_characters", "Size of a cache's entries in characters", "cache", caches("characters"));
  const ready = readiness(endpoints, server.breakers);
  const proxies = new Proxies(settings.trustedProxies);
  const limits = rateLimits(settings, proxies, logger);
  const handle = createFront({ server, settings, verifier, logger, metrics, mask, ready, limits, verifyLetter, readCard });
  let running: Awaited<ReturnType<typeof listen>> | undefined;
  let closed: Promise<void> | undefined;

  async function executeOperation(request: SubgraphRequest, call: Partial<Call> = {}): Promise<FormattedExecutionResult> {
    const errors = server.operations.admit(request.query);
    if (errors.length > 0) return { errors: errors.map((error) => mask.mask(error.toJSON(), error)) };
    const contextValue: GatewayContext = {
      call: { viewer: call.viewer ?? ANONYMOUS, requestId: requestIdFrom(call.requestId), script: call.script ?? null },
      seen: { operation: "none", failed: false },
    };
    const { query, variables, operationName } = request;
    const { body } = await server.apollo.executeOperation(
      { query, variables: variables ?? undefined, operationName: operationName ?? undefined },
      { contextValue },
    );
    if (body.kind !== "single") throw new Error("Answers in pieces are not asked for");
    const { data, errors: found } = body.singleResult;
    return { ...(found && { errors: found }), ...(data !== undefined && { data }) };
  }

  /** Asked as the public, whoever asks: a letter is told to whoever has its code. @throws Refusal 503 when communities does not answer */
  async function verifyLetter(number: string, code: string, requestId: string): Promise<Verification | null> {
    const { data, errors } = await executeOperation({ query: VERIFY, variables: { number, code } }, { requestId });
    if (errors && errors.length > 0) throw new Refusal(503, "UNAVAILABLE", "Letters cannot be verified at the moment");
    return ((data as { verifyAppointment?: Verification | null } | null)?.verifyAppointment ?? null) as Verification | null;
  }

  /** Asked as the public: a card is for everybody. @throws Refusal 503 when communities does not answer */
  async function readCard(id: string, requestId: string): Promise<Card | null> {
    const { data, errors } = await executeOperation({ query: CARD, variables: { id } }, { requestId });
    if (errors && errors.length > 0) throw new Refusal(503, "UNAVAILABLE", "Cards cannot be read at the moment");
    return ((data as { community?: Card | null } | null)?.community ?? null) as Card | null;
  }

  async function close(): Promise<void> {
    await running?.close();
    await server.apollo.stop();
    await limits.close();
    await Promise.all(endpoints.map((endpoint) => endpoint.close()));
  }

  // the planner and the executor are compiled on their first use: let that not be a client's
  await executeOperation({ query: "{ __typename }" });

  return {
    schema: server.schema,
    get url() {
      return running?.url;
    },
    handle,
    executeOperation,
    ready,
    async listen(port) {
      const isUncounted = (address: string) => proxies.has(address);
      running = await listen(handle, { ...settings, port, isUncounted });
      return running.url;
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}
