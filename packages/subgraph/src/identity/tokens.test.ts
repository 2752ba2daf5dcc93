import { constants, createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOCAL_AUDIENCE, LOCAL_ISSUER, localIssuer } from "./local-issuer";
import { IssuerUnavailable, REVOCATION_SECONDS, TokenVerifier, Unauthenticated } from "./tokens";
import type { Viewer } from "./viewer";

const NOW = Date.UTC(2025, 0, 1);
const SECONDS = NOW / 1000;
const ISSUER = "https://id.example";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwkOf = (key: KeyObject, kid: string, alg: string) => ({ ...key.export({ format: "jwk" }), kid, alg, use: "sig" });
/** A key that does not say which algorithm it is for, as some providers publish it. */
const open = { ...rsa.publicKey.export({ format: "jwk" }), kid: "open", use: "sig" };
const jwks = { keys: [jwkOf(rsa.publicKey, "rsa", "RS256"), jwkOf(ec.publicKey, "ec", "ES256"), open] };

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
const claims = {
  iss: ISSUER,
  aud: "gongjian",
  sub: "wang",
  iat: SECONDS,
  exp: SECONDS + 60,
  "gongjian:memberships": [{ role: "OFFICER", scope: "region:510116" }],
};
const RS256 = { alg: "RS256", kid: "rsa" };

function token(payload: object = claims, header: object = RS256, key: KeyObject = rsa.privateKey): string {
  const body = `${encode(header)}.${encode(payload)}`;
  return `${body}.${sign("sha256", Buffer.from(body), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}

function hs256(secret: string | Buffer): string {
  const body = `${encode({ alg: "HS256", kid: "rsa" })}.${encode(claims)}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

function ps256(): string {
  const body = `${encode({ alg: "PS256", kid: "open" })}.${encode(claims)}`;
  const key = { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return `${body}.${sign("sha256", Buffer.from(body), key).toString("base64url")}`;
}

const pem = createPublicKey(rsa.privateKey).export({ type: "spki", format: "pem" });
const [header = "", payload = "", signature = ""] = token().split(".");

describe("TokenVerifier", () => {
  let now = NOW;
  const verifier = () =>
    new TokenVerifier({
      issuers: [{ issuer: ISSUER, audience: "gongjian", jwks, believesClaims: true }],
      clockToleranceSeconds: 5,
      now: () => now,
    });
  beforeEach(() => {
    now = NOW;
  });

  it("takes genuine tokens", async () => {
    const officer = { issuer: ISSUER, subject: "wang", memberships: [{ role: "OFFICER", scope: "region:510116" }] };
    expect(await verifier().verify(token())).toEqual(officer);
    expect(await verifier().verify(token(claims, { alg: "ES256", kid: "ec" }, ec.privateKey))).toEqual(officer);
    expect(await verifier().verify(token(claims, { alg: "RS256", kid: "open" }))).toEqual(officer);
    expect(await verifier().verify(token({ ...claims, "gongjian:memberships": undefined }))).toEqual({
      issuer: ISSUER,
      subject: "wang",
      memberships: [],
    });
  });

  it.each<[string, string]>([
    ["alg none", `${encode({ alg: "none" })}.${payload}.`],
    ["alg none with a signature", `${encode({ alg: "none", kid: "rsa" })}.${payload}.${signature}`],
    ["HS256 with the public key", hs256(pem as string)],
    ["HS256 with the public key as JWK", hs256(JSON.stringify(jwks.keys[0]))],
    ["PS256 by the issuer's own key, which is for any algorithm", ps256()],
    ["another key", token(claims, RS256, stranger.privateKey)],
    ["an unknown kid", token(claims, { alg: "RS256", kid: "other" })],
    ["a key that it brings along", token(claims, { alg: "RS256", jwk: jwkOf(stranger.publicKey, "x", "RS256") }, stranger.privateKey)],
    ["an algorithm that is not its key's", token(claims, { alg: "ES256", kid: "rsa" })],
    ["a critical header that nobody knows", token(claims, { ...RS256, crit: ["gate"], gate: "open" })],
    ["an edited payload", `${header}.${encode({ ...claims, sub: "admin" })}.${signature}`],
    ["no signature", `${header}.${payload}.`],
    ["another issuer", token({ ...claims, iss: "https://evil.example" })],
    ["no issuer", token({ ...claims, iss: undefined })],
    ["another audience", token({ ...claims, aud: "elsewhere" })],
    ["no audience", token({ ...claims, aud: undefined })],
    ["expired", token({ ...claims, exp: SECONDS - 6 })],
    ["no expiry", token({ ...claims, exp: undefined })],
    ["an expiry that is a text", token({ ...claims, exp: "tomorrow" })],
    ["not yet valid", token({ ...claims, nbf: SECONDS + 6 })],
    ["no subject", token({ ...claims, sub: undefined })],
    ["an unknown role", token({ ...claims, "gongjian:memberships": [{ role: "GOD", scope: "*" }] })],
    ["a malformed scope", token({ ...claims, "gongjian:memberships": [{ role: "ADMIN", scope: "everything" }] })],
    ["memberships that are no list", token({ ...claims, "gongjian:memberships": { role: "ADMIN", scope: "*" } })],
    ["far too many memberships", token({ ...claims, "gongjian:memberships": Array(201).fill({ role: "RESIDENT", scope: "*" }) })],
    ["a logout token by its type", token(claims, { ...RS256, typ: "logout+jwt" })],
    ["a logout token by its claim", token({ ...claims, events: { "http://schemas.openid.net/event/backchannel-logout": {} } })],
    ["a security event", token(claims, { ...RS256, typ: "application/secevent+jwt" })],
    ["a refresh token", token(claims, { ...RS256, typ: "refresh+jwt" })],
    ["a proof of possession", token(claims, { ...RS256, typ: "dpop+jwt" })],
    ["a token id that is a number", token({ ...claims, jti: 7 })],
    ["a token id that is longer than one that can be revoked", token({ ...claims, jti: "x".repeat(201) })],
    ["a token id that cannot be stored", token({ ...claims, jti: "a\u0000b" })],
    ["a session that is a list", token({ ...claims, sid: ["a"] })],
    ["half a character in a session", token({ ...claims, sid: "a\ud800" })],
    ["half a character in a subject", token({ ...claims, sub: "a\ud800" })],
    ["five parts", `${token()}.a.b`],
    ["nothing", ""],
    ["words", "let me in"],
  ])("refuses: %s", async (_, bad) => {
    await expect(verifier().verify(bad)).rejects.toThrow(Unauthenticated);
  });

  it.each(["JWT", "at+jwt", "application/at+jwt", "AT+JWT", undefined])("takes access tokens that call themselves %s", async (typ) => {
    expect(await verifier().verify(token({ ...claims, jti: "x".repeat(200), sid: "" }, { ...RS256, typ }))).toMatchObject({
      subject: "wang",
    });
  });

  it("tolerates clocks that are off by as much as stated", async () => {
    await expect(verifier().verify(token({ ...claims, exp: SECONDS - 4 }))).resolves.toBeDefined();
    await expect(verifier().verify(token({ ...claims, nbf: SECONDS + 4 }))).resolves.toBeDefined();
  });

  it("verifies a token once, another one anew, and the same again after it expires", async () => {
    const one = verifier();
    const short = token({ ...claims, exp: SECONDS + 60 });
    const first = await one.verify(short);
    expect(await one.verify(short)).toBe(first);
    await expect(one.verify(`${short.slice(0, -8)}AAAAAAAA`)).rejects.toThrow(Unauthenticated);
    now = NOW + 66_000;
    await expect(one.verify(short)).rejects.toThrow(Unauthenticated);
  });

  it("follows a rotation of keys, and refuses tokens of a withdrawn one within the stated time", async () => {
    let keys = jwks.keys.slice(0, 1);
    let up = true;
    const server = createServer((_, response) => {
      if (!up) return void response.writeHead(500).end();
      response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // the clock alone is held: it is what jose's cache of keys goes by
    jest.useFakeTimers({
      now: NOW,
      doNotFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "nextTick", "queueMicrotask", "performance"],
    });
    try {
      const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
      const remote = new TokenVerifier({ issuers: [{ issuer: ISSUER, audience: "gongjian", jwks: url }], clockToleranceSeconds: 5 });
      const long = token({ ...claims, exp: SECONDS + 86_400 });
      await expect(remote.verify(long)).resolves.toBeDefined();
      keys = jwks.keys.slice(1);
      jest.setSystemTime(NOW + 20_000);
      await expect(
        remote.verify(token({ ...claims, exp: SECONDS + 86_400 }, { alg: "ES256", kid: "ec" }, ec.privateKey)),
      ).resolves.toBeDefined();
      jest.setSystemTime(NOW + (REVOCATION_SECONDS + 1) * 1000);
      await expect(remote.verify(long)).rejects.toThrow(Unauthenticated);
      up = false;
      jest.setSystemTime(NOW + 2 * REVOCATION_SECONDS * 1000);
      await expect(remote.verify(token({ ...claims, exp: SECONDS + 86_400, jti: randomUUID() }))).rejects.toThrow(IssuerUnavailable);
    } finally {
      jest.useRealTimers();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe("localIssuer", () => {
  const worker: Viewer = { subject: "li", memberships: [{ role: "COMMUNITY_WORKER", scope: `community:${randomUUID()}` }] };

  it("mints tokens that hold, with one key kept for its owner alone", async () => {
    const dir = mkdtempSync(join(tmpdir(), "gongjian-"));
    const issuers = await Promise.all([localIssuer(dir), localIssuer(dir), localIssuer(dir)]);
    const verifier = new TokenVerifier({ issuers: issuers.slice(0, 1), clockToleranceSeconds: 0 });
    for (const issuer of issuers) expect(await verifier.verify(await issuer.mint(worker, 60))).toEqual({ ...worker, issuer: LOCAL_ISSUER });
    const [first] = issuers;
    expect(first).toMatchObject({ issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE });
    expect(JSON.stringify(first?.jwks)).not.toContain('"d":');
    expect(readdirSync(dir)).toHaveLength(1);
    for (const file of readdirSync(dir)) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    await expect(verifier.verify(await (first as (typeof issuers)[0]).mint(worker, -1))).rejects.toThrow(Unauthenticated);
  });

  it("does not trust another installation's tokens", async () => {
    const [here, there] = await Promise.all([0, 1].map(() => localIssuer(mkdtempSync(join(tmpdir(), "gongjian-")))));
    if (!here || !there) throw new Error("two issuers were made");
    const verifier = new TokenVerifier({ issuers: [here], clockToleranceSeconds: 0 });
    await expect(verifier.verify(await there.mint(worker, 60))).rejects.toThrow(Unauthenticated);
  });
});
