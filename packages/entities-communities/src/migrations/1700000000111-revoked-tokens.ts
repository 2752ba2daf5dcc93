import type { MigrationInterface, QueryRunner } from "typeorm";

/** Tokens that are taken no more. */
export class RevokedTokens1700000000111 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.revoked_token (
        issuer text NOT NULL,
        token_id text NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz NOT NULL DEFAULT now(),
        revoked_by text NOT NULL,
        reason text,
        CONSTRAINT revoked_token_pkey PRIMARY KEY (issuer, token_id),
        CONSTRAINT revoked_token_id_length CHECK (length(token_id) BETWEEN 1 AND 200)
      );
      CREATE INDEX revoked_token_by_expiry ON communities.revoked_token (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.revoked_token");
  }
}
