import type { QueryRunner } from "typeorm";
import { createAuditTables, dropAuditTables } from "../audit/tables";
import { quoteName } from "../names";

/** Creates `idempotency_record` and the audit trail in the schema: the first migration of every entities package calls it. */
export async function createCommonTables(queryRunner: QueryRunner, schema: string): Promise<void> {
  const s = quoteName(schema);
  await queryRunner.query(`CREATE TABLE ${s}.idempotency_record (
    viewer text NOT NULL,
    key text NOT NULL,
    operation text NOT NULL,
    request_hash text NOT NULL,
    result jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_record_pk PRIMARY KEY (viewer, key)
  )`);
  await queryRunner.query(`CREATE INDEX idempotency_record_created_idx ON ${s}.idempotency_record (created_at)`);
  await createAuditTables(queryRunner, schema);
}

/** Undoes createCommonTables, for a migration's `down`. */
export async function dropCommonTables(queryRunner: QueryRunner, schema: string): Promise<void> {
  await dropAuditTables(queryRunner, schema);
  await queryRunner.query(`DROP TABLE ${quoteName(schema)}.idempotency_record`);
}
