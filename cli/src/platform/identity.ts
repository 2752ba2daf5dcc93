import { join } from "node:path";
import type { Settings } from "@gongjian/settings";
import { localIssuer, TokenVerifier, type LocalIssuer } from "@gongjian/subgraph";

export const keysDir = (settings: Settings): string => join(settings.dataDir, "keys");

export const openLocalIssuer = (settings: Settings): Promise<LocalIssuer> => localIssuer(keysDir(settings));

/** Verifies tokens of the configured OpenID Connect provider, and in demo mode those of the local issuer. */
export async function openVerifier(settings: Settings): Promise<TokenVerifier> {
  const issuers: ConstructorParameters<typeof TokenVerifier>[0]["issuers"][number][] = [];
  if (settings.oidcIssuer && settings.oidcAudience && settings.oidcJwksUrl) {
    issuers.push({ issuer: settings.oidcIssuer, audience: settings.oidcAudience, jwks: new URL(settings.oidcJwksUrl) });
  }
  if (settings.demoMode) {
    const { issuer, audience, jwks } = await openLocalIssuer(settings);
    issuers.push({ issuer, audience, jwks });
  }
  return new TokenVerifier({ issuers, clockToleranceSeconds: settings.clockToleranceSeconds });
}
