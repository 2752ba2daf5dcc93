import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PLATFORM, RevokedTokens, TokenVerifier, type Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import type { CryptoKey, JWK } from "jose" with { "resolution-mode": "import" };
import { communitiesStory, type Story } from "./story";

const AUDIENCE = "gongjian";
const TRUST_SECONDS = 30;
const TOLERANCE_SECONDS = 30;
const FAR = "2099-01-01T00:00:00Z";
const REVOKE = `mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { __typename ... on RevokedToken { issuer tokenId expiresAt } } }`;
const ASK = `query ($issuer: String!, $ids: [String!]!) { tokenIsRevoked(issuer: $issuer, ids: $ids) }`;

let jose: typeof import("jose", { with: { "resolution-mode": "import" }});
let story: Story;
let provider: Server;
let issuer: string;
/** What the provider publishes, and how often it was asked. */
let published: JWK[] = [];
let fetches = 0;
let now = Date.now();

interface Key {
  jwk: JWK;
  key: CryptoKey | Uint8Array;
}
async function makeKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await jose.generateKeyPair("ES256", { extractable: true });
  return { jwk: { ...(await jose.exportJWK(publicKey)), kid, alg: "ES256", use: "sig" }, key: privateKey };
}
const mint = ({ jwk, key }: Key, claims: Record<string, unknown> = {}) =>
  new jose.SignJWT({ iss: issuer, aud: AUDIENCE, sub: "wang", exp: Math.floor(now / 1000) + 3_600, ...claims })
    .setProtectedHeader({ alg: "ES256", kid: jwk.kid as string })
    .sign(key);

const lookUp = async (iss: string, ids: readonly string[]): Promise<boolean> => {
  const { data } = await ask(story.endpoint, PLATFORM, ASK, { issuer: iss, ids });
  return data.tokenIsRevoked;
};
const verifierOver = (revoked?: RevokedTokens) =>
  new TokenVerifier({
    issuers: [{ issuer, audience: AUDIENCE, jwks: new URL(`${issuer}/keys`) }],
    clockToleranceSeconds: TOLERANCE_SECONDS,
    now: () => now,
    ...(revoked && { revoked }),
  });
const outcome = (verified: Promise<Viewer>) =>
  verified.then(
    ({ subject }) => subject,
    (error: { code: string }) => error.code,
  );

beforeAll(async () => {
  jose = await import("jose");
  story = await communitiesStory();
  provider = createServer((_request, response) => {
    fetches += 1;
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  provider.closeAllConnections();
  await new Promise((resolve) => provider.close(resolve));
  await story.test.close();
});
beforeEach(() => {
  now = Date.now();
  fetches = 0;
});

describe("a provider's tokens", () => {
  it("are verified by keys that are fetched once, and by the next ones when the provider changes them", async () => {
    const [first, second] = [await makeKey("first"), await makeKey("second")];
    published = [first.jwk];
    const verifier = verifierOver();
    for (let i = 0; i < 5; i++) expect(await outcome(verifier.verify(await mint(first, { jti: String(i) })))).toBe("wang");
    expect(fetches).toBe(1);
    published = [second.jwk];
    // within the ten seconds of its cooldown an unknown key is not asked for again
    expect(await outcome(verifier.verify(await mint(second)))).toBe("UNAUTHENTICATED");
    expect(fetches).toBe(1);
    const later = verifierOver();
    expect(await outcome(later.verify(await mint(second)))).toBe("wang");
    expect(await outcome(later.verify(await mint(first)))).toBe("UNAUTHENTICATED");
  });

  it("cannot make the gateway flood the provider with unknown keys", async () => {
    const known = await makeKey("known");
    published = [known.jwk];
    const verifier = verifierOver();
    const strangers = await Promise.all(Array.from({ length: 20 }, (_, i) => makeKey(`stranger-${i}`)));
    const outcomes = await Promise.all(strangers.map(async (key) => outcome(verifier.verify(await mint(key)))));
    expect(new Set(outcomes)).toEqual(new Set(["UNAUTHENTICATED"]));
    expect(fetches).toBe(1);
    expect(await outcome(verifier.verify(await mint(known)))).toBe("wang");
  });

  it("are good from 30 seconds before their beginning to 30 seconds after their end, and not a second more", async () => {
    const key = await makeKey("clock");
    published = [key.jwk];
    const seconds = Math.floor(now / 1000);
    const at = async (claims: Record<string, unknown>) => outcome(verifierOver().verify(await mint(key, claims)));
    now = seconds * 1000;
    expect(await at({ exp: seconds - TOLERANCE_SECONDS + 1 })).toBe("wang");
    expect(await at({ exp: seconds - TOLERANCE_SECONDS })).toBe("UNAUTHENTICATED");
    expect(await at({ nbf: seconds + TOLERANCE_SECONDS })).toBe("wang");
    expect(await at({ nbf: seconds + TOLERANCE_SECONDS + 1 })).toBe("UNAUTHENTICATED");
  });

  it.each<[string, Record<string, unknown>]>([
    ["another issuer", { iss: "https://elsewhere.example" }],
    ["another audience", { aud: "elsewhere" }],
    ["no end", { exp: undefined }],
    ["no subject", { sub: undefined }],
    ["a subject that the platform keeps for itself", { sub: "operator" }],
  ])("of %s are refused", async (_, claims) => {
    const key = await makeKey("claims");
    published = [key.jwk];
    expect(await outcome(verifierOver().verify(await mint(key, claims)))).toBe("UNAUTHENTICATED");
  });
});

describe("a revoked token", () => {
  const revoke = (who: Viewer, input: object) => ask(story.endpoint, who, REVOKE, { input: { issuer, expiresAt: FAR, ...input } });
  const revocations = () => new RevokedTokens({ lookUp, trustSeconds: TRUST_SECONDS, warn: () => undefined, now: () => now });

  it.each([
    ["by its own id", { jti: "one", sid: "session-1" }, "one", { jti: "two", sid: "session-1" }],
    ["with its session", { jti: "three", sid: "session-2" }, "session-2", { jti: "four", sid: "session-3" }],
  ])("%s is refused within the stated seconds, and no other is", async (_, claims, tokenId, others) => {
    const key = await makeKey("revoked");
    published = [key.jwk];
    const verifier = verifierOver(revocations());
    const [token, other] = [await mint(key, claims), await mint(key, others)];
    expect(await outcome(verifier.verify(token))).toBe("wang");
    expect((await revoke(someone.admin, { tokenId })).data.revokeToken).toMatchObject({ __typename: "RevokedToken", tokenId });
    now += (TRUST_SECONDS - 1) * 1_000;
    expect(await outcome(verifier.verify(token))).toBe("wang");
    now += 1_001;
    expect(await outcome(verifier.verify(token))).toBe("UNAUTHENTICATED");
    expect(await outcome(verifier.verify(other))).toBe("wang");
    expect(await outcome(verifierOver(revocations()).verify(token))).toBe("UNAUTHENTICATED");
  });

  it("whose state cannot be had is worth nothing but its holder's name", async () => {
    const key = await makeKey("unknown");
    published = [key.jwk];
    const told: unknown[] = [];
    const failing = new RevokedTokens({
      lookUp: () => Promise.reject(new Error("away")),
      trustSeconds: TRUST_SECONDS,
      warn: (error) => told.push(error),
    });
    const verifier = new TokenVerifier({
      issuers: [{ issuer, audience: AUDIENCE, jwks: new URL(`${issuer}/keys`), believesClaims: true }],
      clockToleranceSeconds: 0,
      revoked: failing,
    });
    const token = await mint(key, { jti: "x", "gongjian:memberships": [{ role: "ADMIN", scope: "*" }] });
    expect(await verifier.verify(token)).toMatchObject({ subject: "wang", memberships: [] });
    expect(told).toHaveLength(1);
  });

  it("is swept once it has expired, and audited", async () => {
    await story.test.sql(
      "INSERT INTO communities.revoked_token (issuer, token_id, expires_at, revoked_by) SELECT 'i', 'old-' || n, now() - interval '2 hours', 'x' FROM generate_series(1, 150) AS n",
    );
    for (const tokenId of ["a", "b"]) await revoke(someone.admin, { tokenId });
    expect(await story.test.sql("SELECT token_id FROM communities.revoked_token WHERE issuer = 'i'")).toEqual([]);
    const [entry] = await story.test.sql<{ action: string; subject: string }>(
      "SELECT action, subject FROM communities.audit_entry WHERE concept = 'revokedToken' AND entity_id = 'a'",
    );
    expect(entry).toEqual({ action: "revoke", subject: someone.admin.subject });
  });

  it("twenty revocations at once are one, and the later end counts", async () => {
    const tokenId = createHash("sha256").update("race").digest("hex");
    const ends = Array.from({ length: 20 }, (_, i) => `2098-01-${String(i + 1).padStart(2, "0")}T00:00:00Z`);
    const answers = await Promise.all(ends.map((expiresAt) => revoke(someone.admin, { tokenId, expiresAt })));
    expect(answers.every(({ errors }) => errors.length === 0)).toBe(true);
    expect(await story.test.sql("SELECT expires_at FROM communities.revoked_token WHERE token_id = $1", [tokenId])).toEqual([
      { expires_at: new Date("2098-01-20T00:00:00Z") },
    ]);
  });

  it.each<[string, Viewer]>([
    ["an officer", someone.officer("51")],
    ["an administrator of a region", { subject: "li", memberships: [{ role: "ADMIN", scope: "region:51" }] }],
    ["an auditor", { subject: "li", memberships: [{ role: "AUDITOR", scope: "*" }] }],
    ["the platform", PLATFORM],
  ])("is not made by %s, nor asked for by anybody but the platform", async (_, who) => {
    expect((await revoke(who, { tokenId: "t" })).errors[0]?.extensions.code).toBe("FORBIDDEN");
    for (const asking of [who, someone.admin].filter((viewer) => viewer !== PLATFORM)) {
      const { errors } = await ask(story.endpoint, asking, ASK, { issuer, ids: ["a"] });
      expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
    }
  });
});
