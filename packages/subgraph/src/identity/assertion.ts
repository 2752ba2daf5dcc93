import { createHmac, timingSafeEqual } from "node:crypto";
import { type Call, parseViewer } from "./viewer";

/** The request header that carries the gateway's assertion to a subgraph. */
export const ASSERTION_HEADER = "x-gongjian-assertion";
/** Seconds that an assertion is good for; also how far the clocks of gateway and subgraph may lie apart. */
export const ASSERTION_LIFETIME_SECONDS = 30;

const VERSION = "v1";
const AUDIENCE = "gongjian:subgraph";
const MAX_LENGTH = 64 * 1024;

interface Payload {
  aud: string;
  iat: number;
  /** Absent for a viewer without an issuer. */
  iss?: string;
  sub: string;
  mem: unknown;
  rid: string;
  scr: Call["script"];
}

/** States, for `ASSERTION_LIFETIME_SECONDS` from `now` (milliseconds), on whose behalf the gateway asks: `v1.<payload>.<HMAC-SHA256>`. */
export function signAssertion(call: Call, secret: string, now: number = Date.now()): string {
  const payload: Payload = {
    aud: AUDIENCE,
    iat: Math.floor(now / 1000),
    ...(call.viewer.issuer !== undefined && { iss: call.viewer.issuer }),
    sub: call.viewer.subject,
    mem: call.viewer.memberships,
    rid: call.requestId,
    scr: call.script,
  };
  const body = `${VERSION}.${Buffer.from(JSON.stringify(payload)).toString("base64url")}`;
  return `${body}.${signature(body, secret).toString("base64url")}`;
}

/** The call that a genuine, fresh assertion for a subgraph states; null for anything else. */
export function verifyAssertion(token: string, secret: string, now: number = Date.now()): Call | null {
  if (secret.length === 0 || token.length > MAX_LENGTH) return null;
  const [version, encoded, mac, ...rest] = token.split(".");
  if (version !== VERSION || !encoded || !mac || rest.length > 0) return null;
  const given = Buffer.from(mac, "base64url");
  const expected = signature(`${version}.${encoded}`, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return callOf(JSON.parse(Buffer.from(encoded, "base64url").toString("utf8")) as Payload, now);
}

function callOf(payload: Payload, now: number): Call | null {
  const isFresh = Math.abs(Math.floor(now / 1000) - payload.iat) <= ASSERTION_LIFETIME_SECONDS;
  if (payload.aud !== AUDIENCE || !isFresh) return null;
  const viewer = parseViewer(payload.sub, payload.mem, payload.iss);
  return viewer && { viewer, requestId: payload.rid, script: payload.scr };
}

function signature(body: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(body).digest();
}
