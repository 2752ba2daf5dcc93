import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Settings } from "@gongjian/settings";
import {
  localIssuer,
  MergedOrganisations,
  PLATFORM,
  RevokedTokens,
  StoredMemberships,
  TokenVerifier,
  type LocalIssuer,
  type Membership,
  type SubgraphEndpoint,
  type TrustedIssuer,
} from "@gongjian/subgraph";
import type { Logger } from "pino";

export const keysDir = (settings: Settings): string => join(settings.dataDir, "keys");

export const openLocalIssuer = (settings: Settings): Promise<LocalIssuer> => localIssuer(keysDir(settings));

/**
 * Verifies tokens of the configured OpenID Connect provider, and in demo mode those of the local issuer. Their holders have what
 * `stored` says, unless the token carries a claim that is believed.
 */
export async function openVerifier(
  settings: Settings,
  stored?: StoredMemberships,
  revoked?: RevokedTokens,
  organisations?: MergedOrganisations,
): Promise<TokenVerifier> {
  const issuers: TrustedIssuer[] = [];
  if (settings.oidcIssuer && settings.oidcAudience && settings.oidcJwksUrl) {
    const { oidcIssuer: issuer, oidcAudience: audience, oidcJwksUrl, oidcClaimMemberships: believesClaims } = settings;
    issuers.push({ issuer, audience, jwks: new URL(oidcJwksUrl), believesClaims });
  }
  if (settings.demoMode) issuers.push(await openLocalIssuer(settings));
  return new TokenVerifier({
    issuers,
    clockToleranceSeconds: settings.clockToleranceSeconds,
    ...(stored && { stored }),
    ...(revoked && { revoked }),
    ...(organisations && { organisations }),
  });
}

const LOOK_UP = `query ($issuer: String!, $subject: String!) { viewerMemberships(issuer: $issuer, subject: $subject) { role scope } }`;

const SAME = "query ($ids: [ID!]!) { sameOrganisations(ids: $ids) }";

const IS_REVOKED = `query ($issuer: String!, $ids: [String!]!) { tokenIsRevoked(issuer: $issuer, ids: $ids) }`;

/** The tokens that communities knows to be revoked. */
export const revokedIn = (communities: SubgraphEndpoint, settings: Settings, logger: Logger): RevokedTokens =>
  new RevokedTokens({
    trustSeconds: settings.membershipTrustSeconds,
    warn: (error) =>
      logger.warn(
        { reason: (error as Error).message },
        "revocations could not be looked up: a token's holder may do nothing until they can",
      ),
    lookUp: async (issuer, ids) => {
      const call = { viewer: PLATFORM, requestId: randomUUID(), script: null };
      const { data, errors } = await communities.execute({ query: IS_REVOKED, variables: { issuer, ids } }, call);
      const revoked = data?.["tokenIsRevoked"];
      if (typeof revoked !== "boolean") throw new Error(errors?.[0]?.message ?? "communities did not answer");
      return revoked;
    },
  });

/** The organisations that communities knows to have been merged. */
const mergedIn = (communities: SubgraphEndpoint, settings: Settings, logger: Logger): MergedOrganisations =>
  new MergedOrganisations({
    trustSeconds: settings.membershipTrustSeconds,
    warn: (error) =>
      logger.warn(
        { reason: (error as Error).message },
        "merged organisations could not be looked up: claims hold for the ids that they name",
      ),
    lookUp: async (ids) => {
      const call = { viewer: PLATFORM, requestId: randomUUID(), script: null };
      const { data, errors } = await communities.execute({ query: SAME, variables: { ids } }, call);
      const found = data?.["sameOrganisations"];
      if (!Array.isArray(found)) throw new Error(errors?.[0]?.message ?? "communities did not answer");
      return found as string[][];
    },
  });

/** A verifier that knows what communities stores: who holds what, which tokens are revoked, and which organisations are one. */
export function verifierOver(endpoints: readonly SubgraphEndpoint[], settings: Settings, logger: Logger): Promise<TokenVerifier> {
  const communities = endpoints.find(({ name }) => name === "communities");
  return openVerifier(
    settings,
    storedIn(endpoints, settings, logger),
    communities && revokedIn(communities, settings, logger),
    communities && mergedIn(communities, settings, logger),
  );
}

/** The memberships that communities stores. */
export function storedIn(endpoints: readonly SubgraphEndpoint[], settings: Settings, logger: Logger): StoredMemberships {
  const communities = endpoints.find(({ name }) => name === "communities");
  if (!communities) throw new Error("There is no endpoint of communities, which stores the memberships");
  return new StoredMemberships({
    trustSeconds: settings.membershipTrustSeconds,
    warn: (error) =>
      logger.warn({ reason: (error as Error).message }, "memberships could not be looked up: their holder has none until they can"),
    lookUp: async (issuer, subject) => {
      const call = { viewer: PLATFORM, requestId: randomUUID(), script: null };
      const { data, errors } = await communities.execute({ query: LOOK_UP, variables: { issuer, subject } }, call);
      const found = data?.["viewerMemberships"];
      if (!Array.isArray(found)) throw new Error(errors?.[0]?.message ?? "communities did not answer");
      return (found as Membership[]).map(({ role, scope }) => ({ role, scope }));
    },
  });
}
