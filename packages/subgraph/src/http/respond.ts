import type { ServerResponse } from "node:http";

/** Sent with every answer: nothing here is to be framed, sniffed, cached or named in a referrer. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** Answers with a body that is JSON already. */
export function sendJson(response: ServerResponse, status: number, json: string, headers: Readonly<Record<string, string>> = {}): void {
  if (response.headersSent || response.destroyed) return;
  // encoded once: a text would be measured first, and encoded together with the headers
  const body = Buffer.from(json);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
    ...SECURITY_HEADERS,
    ...headers,
  });
  response.end(body);
}

export function sendText(response: ServerResponse, status: number, text: string, contentType: string): void {
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(text), ...SECURITY_HEADERS });
  response.end(text);
}

/** Answers with one GraphQL error: a constant message and a code. */
export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJson(response, status, JSON.stringify({ errors: [{ message, extensions: { code } }] }), headers);
}
