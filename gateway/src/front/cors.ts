import type { IncomingMessage, ServerResponse } from "node:http";
import type { GatewaySettings } from "../settings";

const STUDIO = "https://studio.apollographql.com";
const REQUEST_HEADERS =
  "authorization, content-type, accept-language, x-request-id, apollo-require-preflight, x-apollo-operation-name, apollographql-client-name, apollographql-client-version";

export type Cors = (request: IncomingMessage, response: ServerResponse) => void;

/** Lets pages from the listed origins read answers. Credentials are bearer tokens, so cookies are never invited. */
export function cors({ corsOrigins, demoMode }: Pick<GatewaySettings, "corsOrigins" | "demoMode">): Cors {
  const allowed = new Set(demoMode ? [...corsOrigins, STUDIO] : corsOrigins);
  return ({ headers, method }, response) => {
    response.setHeader("vary", "origin");
    if (!headers.origin || !allowed.has(headers.origin)) return;
    response.setHeader("access-control-allow-origin", headers.origin);
    response.setHeader("access-control-expose-headers", "x-request-id, retry-after");
    if (method !== "OPTIONS") return;
    response.setHeader("access-control-allow-methods", "GET, POST, OPTIONS");
    response.setHeader("access-control-allow-headers", REQUEST_HEADERS);
    response.setHeader("access-control-max-age", "7200");
  };
}
