import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { type Call, parseViewer } from "./viewer";

/** The request header that carries the gateway's assertion to a subgraph. */
export const ASSERTION_HEADER = "x-gongjian-assertion";
/** Seconds that an assertion is good for; also how far the clocks of gateway and subgraph may lie apart. */
export const ASSERTION_LIFETIME_SECONDS = 30;

const VERSION = "v2";
const MAX_LENGTH = 64 * 1024;
const audienceOf = (subgraph: string): string => `gongjian:subgraph:${subgraph}`;

/** The one request that an assertion is made for. */
export interface Asserted {
  /** The name of the subgraph that is asked. */
  subgraph: string;
  /** The request's body, byte for byte. */
  body: string;
}

interface Payload {
  aud: string;
  iat: number;
  /** Absent for a viewer without an issuer. */
  iss?: string;
  sub: string;
  mem: unknown;
  /** Absent for a viewer without grants; words with spaces between them. */
  gra?: string;
  rid: string;
  scr: Call["script"];
  /** SHA-256 of the body, in base64url. */
  bod: string;
}

/**
 * States, for `ASSERTION_LIFETIME_SECONDS` from `now` (milliseconds), on whose behalf the gateway sends this body to this subgraph:
 * `v2.<payload>.<HMAC-SHA256>`. With another body, or to another subgraph, it is worth nothing.
 */
export function signAssertion(call: Call, secret: string, { subgraph, body }: Asserted, now: number = Date.now()): string {
  const { issuer, subject, memberships, grants } = call.viewer;
  const payload: Payload = {
    aud: audienceOf(subgraph),
    iat: Math.floor(now / 1000),
    ...(issuer !== undefined && { iss: issuer }),
    sub: subject,
    mem: memberships,
    ...(grants && { gra: grants.join(" ") }),
    rid: call.requestId,
    scr: call.script,
    bod: hashOf(body),
  };
  const signed = `${VERSION}.${Buffer.from(JSON.stringify(payload)).toString("base64url")}`;
  return `${signed}.${signature(signed, secret).toString("base64url")}`;
}

/** What a genuine, fresh assertion for this subgraph states, and the hash of the body it was made for; null for anything else. */
export function verifyAssertion(
  token: string,
  secret: string,
  subgraph: string,
  now: number = Date.now(),
): { call: Call; bodyHash: string } | null {
  if (secret.length === 0 || token.length > MAX_LENGTH) return null;
  const [version, encoded, mac, ...rest] = token.split(".");
  if (version !== VERSION || !encoded || !mac || rest.length > 0) return null;
  const given = Buffer.from(mac, "base64url");
  const expected = signature(`${version}.${encoded}`, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const payload = payloadOf(encoded);
  return payload && statedBy(payload, subgraph, now);
}

/** Whether the body is the one that an assertion was made for. */
export const isAboutBody = (bodyHash: string, body: string): boolean => hashOf(body) === bodyHash;

/** Whoever has the key may have signed anything, `null` too: that is no credential, and no fault of this process. */
function payloadOf(encoded: string): Partial<Payload> | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(encoded, "base64url").toString("utf8"));
    return typeof payload === "object" && payload !== null && !Array.isArray(payload) ? payload : null;
  } catch {
    return null;
  }
}

function statedBy({ aud, iat, iss, sub, mem, gra, rid, scr, bod }: Partial<Payload>, subgraph: string, now: number) {
  const isFresh = typeof iat === "number" && Math.abs(Math.floor(now / 1000) - iat) <= ASSERTION_LIFETIME_SECONDS;
  if (aud !== audienceOf(subgraph) || !isFresh || typeof rid !== "string" || typeof bod !== "string") return null;
  const viewer = parseViewer(sub, mem, iss, gra);
  const script = scr === "zh-Hans" || scr === "zh-Hant" ? scr : null;
  return viewer && { call: { viewer, requestId: rid, script }, bodyHash: bod };
}

function hashOf(body: string): string {
  return createHash("sha256").update(body).digest("base64url");
}

function signature(body: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(body).digest();
}
