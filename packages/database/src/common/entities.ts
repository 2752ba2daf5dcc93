import { Column, Entity, Index, PrimaryColumn } from "typeorm";
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

/** Who did what to which record, before and after. Rows are only ever added. */
@Entity("audit_entry")
@Index("audit_entry_record_idx", ["concept", "entityId", "id"])
export class AuditEntry {
  /** In the order of writing. bigint, hence text in JavaScript. */
  @PrimaryColumn({ type: "bigint", generated: "identity", generatedIdentity: "ALWAYS", primaryKeyConstraintName: "audit_entry_pk" })
  id: string;

  @Column({ type: "timestamptz", default: () => "now()" })
  at: Date;

  @Column({ type: "text" })
  subject: string;

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
}

/** What every entities package adds to its own list. */
export const commonEntities = [IdempotencyRecord, AuditEntry];
