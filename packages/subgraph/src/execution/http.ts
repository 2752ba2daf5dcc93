import { randomUUID } from "node:crypto";
import { type ExecutionResult, GraphQLError } from "graphql";
import { Pool } from "undici";
import { ASSERTION_HEADER, type Call, PLATFORM, signAssertion } from "../identity";
import { RETRY_AFTER_SECONDS } from "../errors";
import { leaving } from "./executor";
import type { SubgraphEndpoint, SubgraphRequest, TransportCode } from "./types";

export interface HttpEndpointOptions {
  name: string;
  /** Where the subgraph is served, e.g. http://127.0.0.1:4001 (its /graphql and /ready are asked). */
  url: string;
  /** Shared with the subgraph: signs the assertion of each request. */
  secret: string;
  /** Milliseconds from sending a request to the last byte of its answer. */
  timeoutMs: number;
  maxResponseBytes: number;
  /** Connections kept open at most. */
  connections?: number;
}

const MESSAGES: Record<TransportCode, string> = {
  SERVICE_UNAVAILABLE: "A service cannot be reached",
  SERVICE_TIMEOUT: "A service did not answer in time",
  SERVICE_RESPONSE_TOO_LARGE: "A service's answer is too large",
  SERVICE_REFUSED: "A service refused the request",
};

/** A subgraph in another process. */
export function httpEndpoint({ name, url, secret, timeoutMs, maxResponseBytes, connections = 64 }: HttpEndpointOptions): SubgraphEndpoint {
  const base = new URL(url);
  const prefix = base.pathname.replace(/\/(graphql)?\/?$/, "");
  const pool = new Pool(base.origin, { connections, maxResponseSize: maxResponseBytes, connect: { timeout: timeoutMs } });

  async function request(
    method: "GET" | "POST",
    path: string,
    sent?: { body: string; call: Call },
  ): Promise<{ status: number; text: string }> {
    const abort = new AbortController();
    const deadline = setTimeout(() => abort.abort(), timeoutMs);
    try {
      const response = await pool.request({
        method,
        path: `${prefix}${path}`,
        signal: abort.signal,
        body: sent?.body,
        headers: sent
          ? {
              "content-type": "application/json",
              "x-request-id": sent.call.requestId,
              [ASSERTION_HEADER]: signAssertion(sent.call, secret, { subgraph: name, body: sent.body }),
            }
          : {},
      });
      return { status: response.statusCode, text: await response.body.text() };
    } finally {
      clearTimeout(deadline);
    }
  }

  async function execute(subgraphRequest: SubgraphRequest, call: Call): Promise<ExecutionResult> {
    try {
      const { query, variables, operationName } = subgraphRequest;
      const { status, text } = await request("POST", "/graphql", { body: JSON.stringify({ query, variables, operationName }), call });
      if (status === 200) return resultOf(text);
      return failed(status >= 400 && status < 500 ? "SERVICE_REFUSED" : "SERVICE_UNAVAILABLE");
    } catch (error) {
      return failed(codeOf(error));
    }
  }

  return {
    name,
    execute,
    async sdl() {
      const call: Call = { viewer: PLATFORM, requestId: randomUUID(), script: null };
      const { data, errors } = await execute({ query: "{ _service { sdl } }" }, call);
      if (errors) throw new Error(`${name} did not give its SDL: ${errors[0]?.message}`);
      return (data as { _service: { sdl: string } })._service.sdl;
    },
    async healthy() {
      const { status } = await request("GET", "/ready");
      if (status !== 200) throw new Error(`${name} is not ready`);
    },
    close: () => pool.close(),
  };
}

function resultOf(text: string): ExecutionResult {
  const result = JSON.parse(text) as { data?: Record<string, unknown> | null; errors?: Parameters<typeof leaving>[0][] };
  if (!result.errors) return { data: result.data };
  const errors = result.errors.map(leaving);
  return result.data === undefined ? { errors } : { errors, data: result.data };
}

function failed(code: TransportCode): ExecutionResult {
  const retryAfter = code === "SERVICE_UNAVAILABLE" && { retryAfter: RETRY_AFTER_SECONDS };
  return { errors: [new GraphQLError(MESSAGES[code], { extensions: { code, ...retryAfter } })] };
}

function codeOf(error: unknown): TransportCode {
  const { name, code } = error as { name?: string; code?: string };
  if (name === "AbortError" || code === "UND_ERR_ABORTED" || code === "UND_ERR_CONNECT_TIMEOUT") return "SERVICE_TIMEOUT";
  return code === "UND_ERR_RES_EXCEEDED_MAX_SIZE" ? "SERVICE_RESPONSE_TOO_LARGE" : "SERVICE_UNAVAILABLE";
}
