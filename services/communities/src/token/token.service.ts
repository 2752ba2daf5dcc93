import { statement } from "@gongjian/database";
import { badInput, checkText, command, ensure, MAX_IDS_ASKED, type IdempotencyConflict } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { RevokeTokenInput } from "./token.inputs";
import { canAskForRevocation, canRevokeTokens } from "./token.policy";
import type { RevokedToken } from "./token.type";

/** Rows swept with each revocation: more than one adds, so that the table shrinks to what has not expired. */
const MOST_SWEPT = 100;

const COLUMNS = `issuer, token_id AS "tokenId", expires_at AS "expiresAt", revoked_at AS "revokedAt", reason`;
const FIND = statement(
  "revoked_token_find",
  "SELECT 1 AS found FROM revoked_token WHERE issuer = $1 AND token_id = ANY($2::text[]) LIMIT 1",
);
const REVOKE = statement(
  "revoked_token_add",
  `INSERT INTO revoked_token AS t (issuer, token_id, expires_at, revoked_by, revoked_by_issuer, reason) VALUES ($1, $2, $3::timestamptz, $4, $5, $6)
   ON CONFLICT ON CONSTRAINT revoked_token_pkey DO UPDATE SET expires_at = greatest(t.expires_at, excluded.expires_at)
   RETURNING ${COLUMNS}`,
);
/** An hour after their end: no clock tolerance takes a token for that long. */
const SWEEP = statement(
  "revoked_token_sweep",
  `DELETE FROM revoked_token WHERE (issuer, token_id) IN (
     SELECT issuer, token_id FROM revoked_token WHERE expires_at < now() - interval '1 hour' ORDER BY expires_at LIMIT ${MOST_SWEPT} FOR UPDATE SKIP LOCKED)`,
);

/** Tokens that are taken no more. */
export class TokenService {
  constructor(private readonly context: Context) {}

  async isRevoked(issuer: string, ids: readonly string[]): Promise<boolean> {
    ensure(this.context.viewer, canAskForRevocation(this.context.viewer));
    if (ids.length > MAX_IDS_ASKED) throw badInput([{ field: "ids", code: "OUT_OF_RANGE", message: `At most ${MAX_IDS_ASKED} ids.` }]);
    return (await this.context.rows(FIND, [issuer, ids])).length > 0;
  }

  async revoke(input: RevokeTokenInput): Promise<RevokedToken | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, canRevokeTokens(context.viewer));
    const { issuer, tokenId, expiresAt, reason = null } = input;
    const problems = [
      ...checkText("issuer", issuer, { least: 1, most: 500 }),
      ...checkText("tokenId", tokenId, { least: 1, most: 200 }),
      ...checkText("reason", reason, { most: 500 }),
    ];
    if (problems.length > 0) throw badInput(problems);
    return command(context, "revokeToken", "ADMIN", input, async (tx) => {
      const { viewer } = context;
      const [revoked] = await tx.rows<RevokedToken>(REVOKE, [issuer, tokenId, expiresAt, viewer.subject, viewer.issuer ?? null, reason]);
      await tx.rows(SWEEP);
      tx.audit({ action: "revoke", concept: "revokedToken", entityId: tokenId, before: null, after: { issuer, expiresAt, reason } });
      return { ...revoked!, __typename: "RevokedToken" as const };
    });
  }
}
