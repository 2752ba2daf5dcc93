import type { IncomingMessage } from "node:http";
import { createHash } from "node:crypto";
import { HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import { Refusal } from "@gongjian/subgraph";
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

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Refuses `extensions` that are not an object, and a `persistedQuery` in them that is not `{ version: 1, sha256Hash }` with the hash of the
 * text that stands beside it: what Apollo Server would take for a fault of its own. @throws Refusal (400)
 */
export function checkExtensions({ query, extensions }: Asked): void {
  if (extensions === undefined || extensions === null) return;
  if (typeof extensions !== "object" || Array.isArray(extensions)) throw badExtensions("`extensions` must be an object");
  const persisted = (extensions as { persistedQuery?: unknown }).persistedQuery;
  if (persisted === undefined || persisted === null) return;
  const { version, sha256Hash } = persisted as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1 || typeof sha256Hash !== "string" || !SHA256.test(sha256Hash)) {
    throw badExtensions("`persistedQuery` must have version 1 and a SHA-256 hash in lower-case hexadecimal");
  }
  if (typeof query === "string" && query !== "" && createHash("sha256").update(query).digest("hex") !== sha256Hash) {
    throw badExtensions("The hash of `persistedQuery` is not that of the document");
  }
}

const badExtensions = (message: string) => new Refusal(400, "BAD_REQUEST", message);

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
