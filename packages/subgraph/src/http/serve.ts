import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLError } from "graphql";
import {
  createExecutor,
  DEFAULT_LIMITS,
  type ExecutableSubgraph,
  type ExecutorOptions,
  maySeeSdl,
  type OperationLimits,
  OperationStore,
  type SubgraphRequest,
} from "../execution";
import {
  ASSERTION_HEADER,
  type Call,
  isAboutBody,
  requestIdFrom,
  scriptFrom,
  type TokenVerifier,
  Unauthenticated,
  verifyAssertion,
} from "../identity";
import { BodyError, jsonObjectIn, readJsonText } from "./body";
import { requestMetrics } from "./metrics";
import { Refusal } from "./refusal";
import { sendError, sendJson, sendText } from "./respond";
import { listen, type RunningServer, type ServerOptions } from "./server";

export interface ServeSubgraphOptions extends ServerOptions {
  /** Shared with the gateway: verifies its assertions. */
  secret: string;
  /** Verifies the tokens of callers that come without the gateway; without it they are refused. */
  verifier?: TokenVerifier;
  /** Bytes. */
  bodyLimit: number;
  executor?: ExecutorOptions;
  /** What callers that come without the gateway may ask: its own limits, unless told otherwise. What the gateway asks it has checked. */
  limits?: Partial<OperationLimits>;
}

/** Serves a subgraph: POST /graphql for callers with the gateway's assertion or a token of their own, /health, /ready and /metrics. */
export async function serveSubgraph(subgraph: ExecutableSubgraph, options: ServeSubgraphOptions): Promise<RunningServer> {
  const execute = createExecutor(subgraph, options.executor);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const operations = {
    told: new OperationStore(subgraph.schema, limits),
    // what introspection tells is the SDL, and more than the gateway's clients see
    untold: new OperationStore(subgraph.schema, { ...limits, introspection: false }),
  };
  const metrics = requestMetrics(subgraph.name);

  async function graphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST") return sendError(response, 405, "METHOD_NOT_ALLOWED", "Use POST", { allow: "POST" });
    const { call, bodyHash } = await callOf(request, subgraph.name, options);
    const done = metrics.start();
    let outcome: "ok" | "error" = "error";
    try {
      const text = await readJsonText(request, options.bodyLimit);
      if (bodyHash !== null && !isAboutBody(bodyHash, text)) throw new Unauthenticated("assertion made for another body");
      const asked = requestOf(jsonObjectIn(text));
      const excess = bodyHash === null ? operations[maySeeSdl(call.viewer) ? "told" : "untold"].check(asked) : [];
      if (excess.length > 0) return sendRejected(response, excess, call, metrics.error);
      const result = await execute(asked, call);
      for (const error of result.errors ?? []) metrics.error(String(error.extensions.code ?? "INTERNAL"));
      outcome = result.errors ? "error" : "ok";
      sendJson(response, 200, JSON.stringify(result), { "x-request-id": call.requestId });
    } finally {
      done({ operation: "subgraph", outcome });
    }
  }

  async function ready(response: ServerResponse): Promise<void> {
    const ok = await subgraph.ping().then(
      () => true,
      () => false,
    );
    sendJson(response, ok ? 200 : 503, JSON.stringify({ status: ok ? "ready" : "unavailable", service: subgraph.name }));
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    switch ((request.url ?? "").split("?", 1)[0]) {
      case "/graphql":
        return graphql(request, response);
      case "/health":
        return sendJson(response, 200, JSON.stringify({ status: "ok", service: subgraph.name }));
      case "/ready":
        return ready(response);
      case "/metrics":
        return sendText(response, 200, await metrics.text(), metrics.contentType);
      default:
        return sendError(response, 404, "NOT_FOUND", "There is nothing here");
    }
  }

  return listen(async (request, response) => {
    try {
      await route(request, response);
    } catch (error) {
      refuse(response, error, metrics.error);
    }
  }, options);
}

/** On whose behalf a request comes: the gateway's assertion first, which is for one body, then the caller's own token, which is for any. */
async function callOf(
  request: IncomingMessage,
  subgraph: string,
  { secret, verifier }: ServeSubgraphOptions,
): Promise<{ call: Call; bodyHash: string | null }> {
  const assertion = request.headers[ASSERTION_HEADER];
  if (assertion !== undefined) {
    const asserted = typeof assertion === "string" ? verifyAssertion(assertion, secret, subgraph) : null;
    if (!asserted) throw new Unauthenticated("assertion not valid");
    return asserted;
  }
  const [scheme, token, ...rest] = (request.headers.authorization ?? "").split(" ");
  if (!verifier || scheme?.toLowerCase() !== "bearer" || !token || rest.length > 0) throw new Unauthenticated("no credential");
  const call: Call = {
    viewer: await verifier.verify(token),
    requestId: requestIdFrom(request.headers["x-request-id"]),
    script: scriptFrom(request.headers["accept-language"]),
    isDirect: true,
  };
  return { call, bodyHash: null };
}

function sendRejected(response: ServerResponse, errors: readonly GraphQLError[], call: Call, count: (code: string) => void): void {
  for (const { extensions } of errors) count(String(extensions.code));
  sendJson(response, 400, JSON.stringify({ errors }), { "x-request-id": call.requestId });
}

function requestOf({ query, variables, operationName }: Record<string, unknown>): SubgraphRequest {
  if (typeof query !== "string" || query.length === 0) throw new BodyError(400, "BAD_REQUEST", "`query` must be a text");
  if (variables !== undefined && variables !== null && (typeof variables !== "object" || Array.isArray(variables))) {
    throw new BodyError(400, "BAD_REQUEST", "`variables` must be an object");
  }
  if (operationName !== undefined && operationName !== null && typeof operationName !== "string") {
    throw new BodyError(400, "BAD_REQUEST", "`operationName` must be a text");
  }
  return { query, variables: variables as SubgraphRequest["variables"], operationName };
}

/** Answers a request that failed before execution. */
export function refuse(response: ServerResponse, error: unknown, count: (code: string) => void): void {
  if (error instanceof Refusal) {
    count(error.code);
    return sendError(response, error.status, error.code, error.message, error.headers);
  }
  if (error instanceof Unauthenticated) {
    count(error.code);
    return sendError(response, 401, error.code, error.message, { "www-authenticate": "Bearer" });
  }
  const { code } = error as { code?: unknown };
  if (code === "ISSUER_UNAVAILABLE") {
    count(code);
    return sendError(response, 503, code, "The identity provider cannot be reached");
  }
  count("INTERNAL");
  sendError(response, 500, "INTERNAL", "Something went wrong");
}
