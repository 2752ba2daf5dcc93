import type { IncomingMessage, ServerResponse } from "node:http";
import { SECURITY_HEADERS, sendError, sendText } from "@gongjian/subgraph";
import { LRUCache } from "lru-cache";
import { unknownPage, verificationPage } from "./page";
import { letterPdf } from "./pdf";
import type { Verification } from "./verification";

/** Letters kept after they were drawn: they never change. About 50 kB each. */
const MOST_KEPT = 200;
const PATH = /^\/appointments\/([^/]{1,60}?)(\.pdf)?$/u;
/** A host as browsers send it; anything else is not printed on a letter. */
const HOST = /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::\d{1,5})?$/u;
/** The page is text and a link: it runs nothing and loads nothing. */
const PAGE_HEADERS = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" };

export interface LetterParts {
  /** Where people reach the gateway, without a slash at the end; undefined: as the request names it. */
  publicUrl: string | undefined;
  verify: (number: string, code: string, requestId: string) => Promise<Verification | null>;
}

/** Whether a path is that of a letter. */
export const isLetter = (path: string): boolean => path.startsWith("/appointments/");

/**
 * Serves letters of appointment and what they are worth: `GET /appointments/<number>?code=` is a page for whoever is shown a letter,
 * `GET /appointments/<number>.pdf?code=` the letter. Without the right code there is nothing (404); a revoked letter is gone (410).
 */
export function letters({ publicUrl, verify }: LetterParts) {
  const drawn = new LRUCache<string, Buffer>({ max: MOST_KEPT });

  const baseOf = (request: IncomingMessage): string | null => {
    if (publicUrl !== undefined) return publicUrl.replace(/\/$/u, "");
    const { host = "" } = request.headers;
    return HOST.test(host) ? `http://${host}` : null;
  };

  return async (request: IncomingMessage, response: ServerResponse, path: string, search: string, requestId: string): Promise<void> => {
    const [, encoded = "", isPdf] = PATH.exec(path) ?? [];
    const number = decoded(encoded);
    const code = (new URLSearchParams(search).get("code") ?? "").replace(/[\s-]/gu, "").toUpperCase();
    const letter = number === null || number === "" || code === "" ? null : await verify(number, code, requestId);
    const base = baseOf(request);
    if (letter === null || base === null) {
      if (isPdf) return sendError(response, 404, "NOT_FOUND", "There is no letter of this number and code");
      return sendPage(response, 404, unknownPage());
    }
    const url = `${base}/appointments/${letter.number}?code=${encodeURIComponent(code)}`;
    if (!isPdf) {
      const pdf = letter.status === "REVOKED" ? null : `${base}/appointments/${letter.number}.pdf?code=${encodeURIComponent(code)}`;
      return sendPage(response, 200, verificationPage(letter, pdf));
    }
    if (letter.status === "REVOKED") return sendError(response, 410, "REVOKED", "The appointment has been revoked");
    const key = `${letter.number} ${url}`;
    const pdf = drawn.get(key) ?? (await letterPdf(letter, code, url));
    drawn.set(key, pdf);
    response.writeHead(200, {
      "content-type": "application/pdf",
      "content-length": pdf.length,
      "content-disposition": `inline; filename="${letter.number}.pdf"`,
      ...SECURITY_HEADERS,
    });
    response.end(pdf);
  };
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
  sendText(response, status, html, "text/html; charset=utf-8");
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
