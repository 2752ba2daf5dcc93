import type { IncomingMessage } from "node:http";
import { HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import type { Asked } from "../guard";

/** An operation as it came in: in the body of a POST, in the search part of a GET's URL. */
export interface Incoming {
  body: Record<string, unknown> | undefined;
  search: string;
}

/** The headers that mean something to Apollo Server; nothing else that a client sends reaches it. */
const HEADERS_PASSED = ["accept", "content-type", "x-apollo-operation-name", "apollo-require-preflight"];

export function askedOf({ body, search }: Incoming): Asked {
  if (body) return body;
  const parameters = new URLSearchParams(search);
  return { query: parameters.get("query"), documentId: parameters.get("documentId"), extensions: json(parameters.get("extensions")) };
}

/** The same, with this text as its document. */
export function withText({ body, search }: Incoming, text: string): Incoming {
  if (body) return { body: { ...body, query: text }, search };
  const parameters = new URLSearchParams(search);
  parameters.set("query", text);
  return { body, search: `?${parameters}` };
}

export function toApollo(request: IncomingMessage, { body, search }: Incoming): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const name of HEADERS_PASSED) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  return { method: request.method ?? "GET", headers, search, body };
}

function json(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Apollo Server says what is wrong with it
    return undefined;
  }
}
