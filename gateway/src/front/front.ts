import type { IncomingMessage, ServerResponse } from "node:http";
import type { HTTPGraphQLRequest } from "@apollo/server";
import {
  type Call,
  Refusal,
  type RequestMetrics,
  readJsonObject,
  refuse,
  requestIdFrom,
  sendError,
  sendJson,
  sendText,
  Unauthenticated,
  whenOver,
} from "@gongjian/subgraph";
import type { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { GatewayContext } from "../data-source";
import type { ErrorMask } from "../errors";
import { InFlight, type RateLimits, safelist, type Take } from "../guard";
import { cards, isCard, type ReadCard } from "../card/route";
import { isLetter, letters, type LetterParts } from "../letter/route";
import type { Readiness } from "../readiness";
import type { FederatedServer } from "../server";
import type { GatewaySettings } from "../settings";
import { cors } from "./cors";
import { callOf, type Verifier } from "./credentials";
import { graphiql } from "./graphiql";
import { askedOf, checkExtensions, type Incoming, toApollo, withText } from "./incoming";

export interface FrontParts {
  server: FederatedServer;
  settings: GatewaySettings;
  verifier: Verifier;
  logger: Logger;
  metrics: RequestMetrics;
  mask: ErrorMask;
  ready: () => Promise<Readiness>;
  limits: RateLimits;
  verifyLetter: LetterParts["verify"];
  readCard: ReadCard;
}

/** What drawing a document or checking a letter costs of a caller's points: more than a query, for codes are not to be guessed. */
const DOCUMENT_POINTS = 10;

/** Answers one HTTP request. Rejects for nothing that a client can send. */
export function createFront(parts: FrontParts): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { settings, metrics, logger, limits } = parts;
  const allowOrigin = cors(settings);
  const files = graphiql();
  const listed = safelist(settings);
  const inFlight = new InFlight(settings.maxInFlight);
  const card = cards(parts.readCard);
  const letter = letters({ publicUrl: settings.publicUrl, verify: parts.verifyLetter });

  async function route(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const [path = "", search = ""] = split(request.url ?? "/");
    if (path === "/graphql") return graphql(request, response, search, requestId);
    if (request.method !== "GET" && request.method !== "HEAD") {
      return sendError(response, 405, "METHOD_NOT_ALLOWED", "Use GET", { allow: "GET, HEAD" });
    }
    if (path === "/health") return sendJson(response, 200, '{"status":"ok"}');
    if (path === "/ready") return ready(response);
    if (path === "/metrics") {
      await limits.forStranger(request)?.(1);
      return counted(request, response, async () => sendText(response, 200, await metrics.text(), metrics.contentType));
    }
    if (path === "/") return void response.writeHead(302, { location: "/graphiql", "content-length": "0" }).end();
    if (isLetter(path)) {
      await limits.forStranger(request)?.(DOCUMENT_POINTS);
      return counted(request, response, () => letter(request, response, path, search, requestId));
    }
    if (isCard(path)) {
      await limits.forStranger(request)?.(DOCUMENT_POINTS);
      return counted(request, response, () => card(request, response, path, requestId));
    }
    if (path === "/graphiql" || path.startsWith("/graphiql/")) return counted(request, response, () => files(path, response));
    sendError(response, 404, "NOT_FOUND", "There is nothing here");
  }

  /** Work that counts among the requests in flight until the client has taken the answer. */
  function counted(request: IncomingMessage, response: ServerResponse, work: () => Promise<void>): Promise<void> {
    inFlight.enter();
    whenOver(request, response, () => inFlight.leave());
    return work();
  }

  async function ready(response: ServerResponse): Promise<void> {
    const state = await parts.ready();
    sendJson(
      response,
      state.ready ? 200 : 503,
      JSON.stringify({ status: state.ready ? "ready" : "unavailable", services: state.services, breakers: state.breakers }),
    );
  }

  async function graphql(request: IncomingMessage, response: ServerResponse, search: string, requestId: string): Promise<void> {
    allowOrigin(request, response);
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    if (request.method !== "POST" && request.method !== "GET") {
      return sendError(response, 405, "METHOD_NOT_ALLOWED", "Use POST, or GET for queries", { allow: "GET, POST" });
    }
    inFlight.enter();
    // until the client has taken the answer, which is in memory for as long
    whenOver(request, response, () => inFlight.leave());
    const done = metrics.start();
    const began = performance.now();
    const seen: GatewayContext["seen"] = { operation: "none", failed: true };
    try {
      const call = await identify(request, requestId);
      const take = limits.forCaller(request, call);
      if (take) await take(1);
      const incoming = await read(request, search, call);
      const { query } = askedOf(incoming);
      const errors = typeof query === "string" && query !== "" ? parts.server.operations.admit(query) : [];
      if (errors.length > 0) return sendRejected(request, response, errors);
      seen.failed = false;
      const charge = take && ((cost: number, writes: number) => rest(take, Math.max(limits.pointsOf(cost), writes) - 1));
      await execute(toApollo(request, incoming), { call, seen, charge }, response);
    } finally {
      done({ operation: seen.operation, outcome: seen.failed ? "error" : "ok" });
      if (logger.isLevelEnabled("debug")) logger.debug({ requestId, ...seen, ms: Math.round(performance.now() - began) }, "operation");
    }
  }

  async function identify(request: IncomingMessage, requestId: string): Promise<Call> {
    try {
      return await callOf(request, requestId, parts.verifier);
    } catch (error) {
      // credentials are not to be guessed faster than anything else is asked
      if (error instanceof Unauthenticated) await limits.forStranger(request)?.(1);
      throw error;
    }
  }

  async function read(request: IncomingMessage, search: string, call: Call): Promise<Incoming> {
    const body = request.method === "POST" ? await readJsonObject(request, settings.bodyLimitBytes) : undefined;
    const incoming = { body, search };
    const text = listed?.textOf(askedOf(incoming), call);
    checkExtensions(askedOf(incoming));
    return typeof text === "string" ? withText(incoming, text) : incoming;
  }

  async function execute(httpGraphQLRequest: HTTPGraphQLRequest, context: GatewayContext, response: ServerResponse): Promise<void> {
    const result = await parts.server.apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => context });
    if (result.body.kind !== "complete") return sendError(response, 406, "NOT_ACCEPTABLE", "Answers are not sent in pieces");
    if (result.status !== undefined && result.status >= 400) context.seen.failed = true;
    if (isLonger(result.body.string, settings.responseLimitBytes)) {
      context.seen.failed = true;
      throw new Refusal(400, "RESPONSE_TOO_LARGE", "The answer is too large; ask for smaller pages");
    }
    sendJson(response, result.status ?? 200, result.body.string, Object.fromEntries(result.headers));
  }

  function sendRejected({ headers }: IncomingMessage, response: ServerResponse, errors: readonly GraphQLError[]): void {
    const type = headers.accept?.includes("application/graphql-response+json") ? "application/graphql-response+json" : "application/json";
    const masked = errors.map((error) => parts.mask.mask(error.toJSON(), error));
    sendJson(response, 400, JSON.stringify({ errors: masked }), { "content-type": `${type}; charset=utf-8` });
  }

  return async (request, response) => {
    const requestId = requestIdFrom(request.headers["x-request-id"]);
    response.setHeader("x-request-id", requestId);
    try {
      await route(request, response, requestId);
    } catch (error) {
      const { code, reason } = error as { code?: string; reason?: string };
      if (!(error instanceof Refusal) && reason === undefined) logger.error({ requestId, err: error }, "request failed");
      else logger.debug({ requestId, code, reason }, "request refused");
      refuse(response, error, metrics.error);
    }
  };
}

function split(url: string): [path: string, search: string] {
  const mark = url.indexOf("?");
  return mark < 0 ? [url, ""] : [url.slice(0, mark), url.slice(mark)];
}

async function rest(take: Take, points: number): Promise<void> {
  if (points > 0) await take(points);
}

/** Whether a text has more bytes than that; most need not be measured to know. */
function isLonger(text: string, bytes: number): boolean {
  return text.length * 3 > bytes && Buffer.byteLength(text) > bytes;
}
