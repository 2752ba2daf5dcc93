import { Check, Column, Entity, Index, PrimaryColumn } from "typeorm";
import "reflect-metadata";

/** The first answer to a command that a viewer marked with a key, so that a replay gets the same one. */
@Entity("idempotency_record")
@Index("idempotency_record_created_idx", ["createdAt"])
export class IdempotencyRecord {
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "idempotency_record_pk" })
  viewer: string;

  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "idempotency_record_pk" })
  key: string;

  @Column({ type: "text" })
  operation: string;

  /** SHA-256 of the canonical JSON of operation and input, in hexadecimal. */
  @Column({ name: "request_hash", type: "text" })
  requestHash: string;

  /** The JSON result. Null only while the command's own transaction runs, which nobody else sees. */
  @Column({ type: "jsonb", nullable: true })
  result: unknown;

  @Column({ name: "created_at", type: "timestamptz", default: () => "now()" })
  createdAt: Date;
}

/** Who did what to which record, before and after. Rows are only ever added; the database itself sets id, time and hashes. */
@Entity("audit_entry")
@Index("audit_entry_record_idx", ["concept", "entityId", "id"])
@Index("audit_entry_subject_idx", ["subject", "id"])
@Index("audit_entry_request_idx", ["requestId", "id"])
@Index("audit_entry_at_idx", ["at", "id"])
export class AuditEntry {
  /** The place in the chain: 1, 2, 3 … without gaps, in the order of commits. bigint, hence text in JavaScript. */
  @PrimaryColumn({ type: "bigint", primaryKeyConstraintName: "audit_entry_pk" })
  id: string;

  /** Never earlier than the entry before it. */
  @Column({ type: "timestamptz" })
  at: Date;

  @Column({ type: "text" })
  subject: string;

  /** Who answers for the subject; null for the platform's own calls. */
  @Column({ type: "text", nullable: true })
  issuer: string | null;

  @Column({ type: "text" })
  role: string;

  @Column({ type: "text" })
  action: string;

  @Column({ type: "text" })
  concept: string;

  @Column({ name: "entity_id", type: "text" })
  entityId: string;

  @Column({ type: "jsonb", nullable: true })
  before: unknown;

  @Column({ type: "jsonb", nullable: true })
  after: unknown;

  @Column({ name: "request_id", type: "text" })
  requestId: string;

  /** SHA-256 of the entry before it; of the schema's name for the first. */
  @Column({ name: "previous_hash", type: "bytea" })
  previousHash: Buffer;

  /** SHA-256 over the previous hash and all other columns. */
  @Column({ type: "bytea" })
  hash: Buffer;
}

/** The last entry of the chain: one row, locked while a transaction adds to the trail. */
@Entity("audit_head")
@Check("audit_head_single", "single")
export class AuditHead {
  @PrimaryColumn({ type: "boolean", default: true, primaryKeyConstraintName: "audit_head_pk" })
  single: boolean;

  @Column({ type: "bigint" })
  id: string;

  @Column({ type: "bytea" })
  hash: Buffer;

  @Column({ type: "timestamptz" })
  at: Date;
}

/** What every entities package adds to its own list. */
export const commonEntities = [IdempotencyRecord, AuditEntry, AuditHead];
