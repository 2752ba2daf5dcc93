import { LRUCache } from "lru-cache";
import type { JSONWebKeySet, JWTVerifyGetKey } from "jose" with { "resolution-mode": "import" };
import { jose } from "./jose";
import type { MergedOrganisations } from "./merged-organisations";
import type { RevokedTokens } from "./revoked-tokens";
import type { StoredMemberships } from "./stored-memberships";
import { isReservedSubject, isTokenId, parseViewer, PLATFORM_ISSUER, type Viewer } from "./viewer";

/** The claim that carries `[{ role, scope }]`. */
export const MEMBERSHIPS_CLAIM = "gongjian:memberships";
/** Asymmetric signatures only: with HMAC among them a published key would become a signing key. */
export const TOKEN_ALGORITHMS = ["EdDSA", "ES256", "ES384", "ES512", "RS256", "RS384", "RS512"];
/** The longest that a token is taken after its issuer has withdrawn its key, in seconds. */
export const REVOCATION_SECONDS = 300;

/** A verified token is taken on trust for this long, and the issuer's keys for the rest of `REVOCATION_SECONDS`. */
const TOKEN_TRUST_SECONDS = 180;
const KEYS_TRUST_SECONDS = REVOCATION_SECONDS - TOKEN_TRUST_SECONDS;

const MAX_TOKEN_LENGTH = 8 * 1024;
/**
 * What an access token may call itself (RFC 9068, and RFC 7519 for those that say nothing more). A provider signs other things with the same
 * keys, for the same audience too: logout tokens, security events, proofs of possession (RFC 8725, 3.11).
 */
const TOKEN_TYPES = new Set(["jwt", "at+jwt"]);
const MAX_CACHED_TOKENS = 5_000;

/** A credential was shown and is not good. The message is constant; `reason` is for the log and holds nothing of the token. */
export class Unauthenticated extends Error {
  readonly code = "UNAUTHENTICATED";
  constructor(readonly reason: string) {
    super("The credential is not valid");
    this.name = "Unauthenticated";
  }
}

/** The issuer's keys could not be fetched: the caller may be right, try again. */
export class IssuerUnavailable extends Error {
  readonly code = "ISSUER_UNAVAILABLE";
  constructor(readonly reason: string) {
    super("The identity provider cannot be reached");
    this.name = "IssuerUnavailable";
  }
}

export interface TrustedIssuer {
  issuer: string;
  audience: string;
  jwks: URL | JSONWebKeySet;
  /**
   * Whether the memberships that its tokens claim are believed; not, when left out. A believed claim is all that its holder has:
   * nothing is looked up. Everybody else has what is stored.
   */
  believesClaims?: boolean;
}

export interface TokenVerifierOptions {
  issuers: readonly TrustedIssuer[];
  /** How far this clock and the issuer's may lie apart. */
  clockToleranceSeconds: number;
  /** Where the memberships stand that tokens do not carry; without it there are none. */
  stored?: StoredMemberships;
  /** Which organisations that a believed claim names are one by now; without it a claim holds for the ids that it names. */
  organisations?: MergedOrganisations;
  /** Which tokens are taken no more, by `jti` and `sid`; without it none is revoked before it expires. */
  revoked?: RevokedTokens;
  /** Milliseconds since 1970; for tests. */
  now?: () => number;
}

interface Known {
  viewer: Viewer;
  /** Whether the token itself says what its holder may do. */
  isComplete: boolean;
  /** Its `jti` and its `sid`, those of the two that it has. */
  ids: readonly string[];
  goodUntil: number;
}

/**
 * Verifies OpenID Connect access tokens. A token is verified once and remembered until it expires, at most for
 * three minutes: a withdrawn key is refused within `REVOCATION_SECONDS`.
 */
export class TokenVerifier {
  private readonly issuers = new Map<string, { audience: string; keys: JWTVerifyGetKey; believesClaims: boolean }>();
  private readonly known = new LRUCache<string, Known>({ max: MAX_CACHED_TOKENS });
  private readonly clockToleranceSeconds: number;
  private readonly stored: StoredMemberships | undefined;
  private readonly organisations: MergedOrganisations | undefined;
  private readonly revoked: RevokedTokens | undefined;
  private readonly now: () => number;

  constructor({ issuers, clockToleranceSeconds, stored, organisations, revoked, now = Date.now }: TokenVerifierOptions) {
    this.clockToleranceSeconds = clockToleranceSeconds;
    this.stored = stored;
    this.organisations = organisations;
    this.revoked = revoked;
    this.now = now;
    for (const { issuer, audience, jwks, believesClaims = false } of issuers) {
      if (issuer === PLATFORM_ISSUER) throw new Error(`No token may come from ${PLATFORM_ISSUER}`);
      const keys = jwks instanceof URL ? remoteKeys(jwks) : jose().createLocalJWKSet(jwks);
      this.issuers.set(issuer, { audience, keys, believesClaims });
    }
  }

  /**
   * The viewer that a bearer token (without the word Bearer) proves, with the memberships of a believed claim or else those stored.
   * @throws Unauthenticated when it proves none, IssuerUnavailable when the issuer's keys cannot be had.
   */
  async verify(bearer: string): Promise<Viewer> {
    const known = this.known.get(bearer);
    const { viewer, isComplete, ids } = known && known.goodUntil > this.now() ? known : await this.verifyAnew(bearer);
    const state = (await this.revoked?.stateOf(viewer.issuer ?? "", ids)) ?? "good";
    if (state === "revoked") throw new Unauthenticated("revoked");
    // as long as it cannot be told, its holder is who they are, and may do nothing by it
    if (state === "unknown") return Object.freeze({ issuer: viewer.issuer ?? "", subject: viewer.subject, memberships: [] });
    if (isComplete && this.organisations) return this.organisations.widened(viewer);
    if (isComplete || !this.stored) return viewer;
    const stored = await this.stored.viewerOf(viewer);
    return viewer.grants ? { ...stored, grants: viewer.grants } : stored;
  }

  private async verifyAnew(bearer: string): Promise<Known> {
    const { expires, ...proven } = await this.verifySignature(bearer);
    const goodUntil = Math.min(expires + this.clockToleranceSeconds * 1000, this.now() + TOKEN_TRUST_SECONDS * 1000);
    const known = { ...proven, goodUntil };
    this.known.set(bearer, known);
    return known;
  }

  private async verifySignature(bearer: string): Promise<{ viewer: Viewer; isComplete: boolean; ids: string[]; expires: number }> {
    if (bearer.length > MAX_TOKEN_LENGTH) throw new Unauthenticated("token too long");
    const name = claimedIssuer(bearer);
    const issuer = this.issuers.get(name);
    if (!issuer) throw new Unauthenticated("unknown issuer");
    try {
      const { payload, protectedHeader } = await jose().jwtVerify(bearer, issuer.keys, {
        audience: issuer.audience,
        algorithms: TOKEN_ALGORITHMS,
        clockTolerance: this.clockToleranceSeconds,
        currentDate: new Date(this.now()),
        requiredClaims: ["exp", "sub"],
      });
      if (!isAccessToken(protectedHeader.typ, payload)) throw new Unauthenticated("another kind of token");
      const claimed = issuer.believesClaims ? payload[MEMBERSHIPS_CLAIM] : undefined;
      const viewer = parseViewer(payload.sub, claimed ?? [], name, payload.scope);
      if (!viewer) throw new Unauthenticated("malformed subject or memberships");
      if (isReservedSubject(viewer.subject)) throw new Unauthenticated("reserved subject");
      const ids = idsOf(payload);
      return { viewer, isComplete: claimed !== undefined, ids, expires: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      throw asIdentityError(error);
    }
  }
}

function isAccessToken(typ: string | undefined, payload: Record<string, unknown>): boolean {
  const type = typ?.toLowerCase().replace(/^application\//, "") ?? "jwt";
  // what tells of events says so in this claim, whatever its type (RFC 8417, 2.2)
  return TOKEN_TYPES.has(type) && payload["events"] === undefined;
}

/** Under which ids a token can be revoked: its own and its session's, those of the two that it has. @throws Unauthenticated for one that could not */
function idsOf(payload: Record<string, unknown>): string[] {
  const ids = [payload["jti"], payload["sid"]].filter((id) => id !== undefined && id !== "");
  return ids.map((id) => {
    if (!isTokenId(id)) throw new Unauthenticated("malformed token id");
    return id;
  });
}

function remoteKeys(url: URL): JWTVerifyGetKey {
  return jose().createRemoteJWKSet(url, { timeoutDuration: 3_000, cooldownDuration: 10_000, cacheMaxAge: KEYS_TRUST_SECONDS * 1000 });
}

function claimedIssuer(bearer: string): string {
  try {
    return jose().decodeJwt(bearer).iss ?? "";
  } catch {
    throw new Unauthenticated("not a JSON Web Token");
  }
}

function asIdentityError(error: unknown): Error {
  if (error instanceof Unauthenticated) return error;
  const code = (error as { code?: unknown }).code;
  // jose names what a token did wrong with ERR_J… codes; a key set that cannot be fetched is the issuer's fault, not the caller's
  if (code === "ERR_JWKS_TIMEOUT" || code === "ERR_JWKS_INVALID" || code === "ERR_JOSE_GENERIC") return new IssuerUnavailable(String(code));
  if (typeof code === "string" && code.startsWith("ERR_J")) return new Unauthenticated(code);
  return new IssuerUnavailable("key set could not be fetched");
}
