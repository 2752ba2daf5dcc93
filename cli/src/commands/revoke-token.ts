import { type Command } from "commander";
import { Failure } from "../failure";
import { askInProcess, type Ask } from "../import/ask";
import { withPlatform } from "../platform/session";

interface Named {
  issuer: string;
  tokenId: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** What a token says of itself. Whether it is genuine does not matter to who wants it refused. */
export function namedBy(token: string): Named {
  let claims: { iss?: unknown; jti?: unknown; exp?: unknown };
  try {
    claims = JSON.parse(Buffer.from(token.trim().split(".")[1] ?? "", "base64url").toString("utf8"));
  } catch {
    throw new Failure("That is not a token.");
  }
  const { iss: issuer, jti: tokenId, exp } = claims ?? {};
  if (typeof issuer !== "string" || typeof tokenId !== "string" || typeof exp !== "number") {
    throw new Failure("The token has no iss, jti and exp: revoke its holder's memberships with `gongjian revoke` instead.");
  }
  return { issuer, tokenId, expiresAt: new Date(exp * 1000).toISOString() };
}

/** Revokes a token as the operator. */
export async function revokeToken(ask: Ask, named: Named, reason?: string): Promise<void> {
  await ask(`mutation ($input: RevokeTokenInput!) { result: revokeToken(input: $input) { __typename } }`, {
    input: { ...named, ...(reason && { reason }) },
  });
}

interface Options {
  token?: string;
  issuer?: string;
  tokenId?: string;
  expiresAt?: string;
  reason?: string;
}

export const addRevokeToken = (program: Command): void => {
  program
    .command("revoke-token")
    .description("refuse a token, or a session's tokens, from now on, as the operator")
    .option("--token <token>", "the token itself")
    .option("--issuer <issuer>", "without the token: who issued it")
    .option("--token-id <id>", "without the token: its jti, or the sid of its session")
    .option("--expires-at <time>", "without the token: when it expires, as ISO 8601")
    .option("--reason <reason>", "why, for the audit trail")
    .action(async ({ token, issuer, tokenId, expiresAt, reason }: Options) => {
      const given = issuer && tokenId && expiresAt ? { issuer, tokenId, expiresAt } : undefined;
      const named = token === undefined ? given : namedBy(token);
      if (!named) throw new Failure("Say which token with --token, or with --issuer, --token-id and --expires-at.");
      await withPlatform("revoke-token", ({ platform }) => revokeToken(askInProcess(platform), named, reason), {
        readsPrivate: false,
      });
      process.stdout.write(`${named.tokenId} of ${named.issuer} is refused from now on\n`);
    });
};
