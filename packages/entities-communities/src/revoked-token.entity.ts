import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from "typeorm";

/** A token that is taken no more though it has not expired. Swept once it has: then its own `exp` refuses it. */
@Entity({ name: "revoked_token" })
@Check("revoked_token_id_length", "length(token_id) BETWEEN 1 AND 200")
@Index("revoked_token_by_expiry", ["expiresAt"])
export class RevokedTokenEntity {
  /** The `iss` of the token. */
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "revoked_token_pkey" })
  issuer: string;

  /** The `jti` of the token, or the `sid` of the session that it and others were given in. */
  @PrimaryColumn({ name: "token_id", type: "text", primaryKeyConstraintName: "revoked_token_pkey" })
  tokenId: string;

  @Column({ name: "expires_at", type: "timestamptz" })
  expiresAt: Date;

  @CreateDateColumn({ name: "revoked_at", type: "timestamptz" })
  revokedAt: Date;

  /** The subject of whoever revoked it. */
  @Column({ name: "revoked_by", type: "text" })
  revokedBy: string;

  /** Who answers for that subject; null for the platform itself, and where it was not yet kept. */
  @Column({ name: "revoked_by_issuer", type: "text", nullable: true })
  revokedByIssuer: string | null;

  @Column({ type: "text", nullable: true })
  reason: string | null;
}
