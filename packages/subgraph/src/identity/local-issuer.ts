import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JSONWebKeySet, JWK } from "jose" with { "resolution-mode": "import" };
import { jose } from "./jose";
import { MEMBERSHIPS_CLAIM } from "./tokens";
import type { Viewer } from "./viewer";

export const LOCAL_ISSUER = "urn:gongjian:local-issuer";
export const LOCAL_AUDIENCE = "gongjian";
const KEY_FILE = "local-issuer.jwk.json";

export interface LocalIssuer {
  issuer: string;
  audience: string;
  jwks: JSONWebKeySet;
  /** Whoever can mint these tokens has the data folder, so that their claims are believed. */
  believesClaims: true;
  /** A signed token for the viewer, good for `ttlSeconds`. Without memberships it has no claim of any: what is stored counts. */
  mint(viewer: Viewer, ttlSeconds: number): Promise<string>;
}

/** Demo mode's own identity provider: an Ed25519 key pair made once and kept in `dir`, readable by its owner alone. */
export async function localIssuer(dir: string): Promise<LocalIssuer> {
  const jwk = readKey(dir) ?? (await makeKey(dir));
  const key = await jose().importJWK(jwk, "EdDSA");
  const { d: _private, ...publicKey } = jwk;
  return {
    issuer: LOCAL_ISSUER,
    audience: LOCAL_AUDIENCE,
    jwks: { keys: [publicKey] },
    believesClaims: true,
    mint: (viewer, ttlSeconds) =>
      new (jose().SignJWT)({
        ...(viewer.memberships.length > 0 && { [MEMBERSHIPS_CLAIM]: viewer.memberships }),
        ...(viewer.grants && { scope: viewer.grants.join(" ") }),
      })
        .setProtectedHeader({ alg: "EdDSA", kid: jwk.kid, typ: "at+jwt" })
        .setIssuer(LOCAL_ISSUER)
        .setAudience(LOCAL_AUDIENCE)
        .setSubject(viewer.subject)
        .setJti(randomBytes(12).toString("base64url"))
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + ttlSeconds)
        .sign(key),
  };
}

function readKey(dir: string): JWK | null {
  try {
    return JSON.parse(readFileSync(join(dir, KEY_FILE), "utf8")) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function makeKey(dir: string): Promise<JWK> {
  const { privateKey } = await jose().generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const exported = await jose().exportJWK(privateKey);
  const jwk: JWK = { ...exported, alg: "EdDSA", use: "sig", kid: await jose().calculateJwkThumbprint(exported) };
  mkdirSync(dir, { recursive: true });
  const draft = join(dir, `${KEY_FILE}.${randomBytes(6).toString("hex")}`);
  writeFileSync(draft, JSON.stringify(jwk), { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    // link() fails when the name is taken: of two processes that start at once, both end up with the first one's key
    linkSync(draft, join(dir, KEY_FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readKey(dir) ?? jwk;
}
