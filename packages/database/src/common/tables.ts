import type { QueryRunner } from "typeorm";
import { quoteName } from "../names";

/**
 * Creates `idempotency_record` and `audit_entry` in the schema: the first migration of every entities package calls it.
 * audit_entry takes no UPDATE, DELETE or TRUNCATE: the subgraph's role is not granted them (prepareDatabase), and a trigger refuses
 * them to everybody else, the owner included (SQLSTATE 42501).
 */
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
  await queryRunner.query(`CREATE TABLE ${s}.audit_entry (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    subject text NOT NULL,
    role text NOT NULL,
    action text NOT NULL,
    concept text NOT NULL,
    entity_id text NOT NULL,
    before jsonb,
    after jsonb,
    request_id text NOT NULL,
    CONSTRAINT audit_entry_pk PRIMARY KEY (id)
  )`);
  await queryRunner.query(`CREATE INDEX audit_entry_record_idx ON ${s}.audit_entry (concept, entity_id, id)`);
  await queryRunner.query(`CREATE FUNCTION ${s}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = '42501';
    END $$`);
  await queryRunner.query(`CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${s}.audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ${s}.refuse_change()`);
  await queryRunner.query(`REVOKE ALL ON ${s}.audit_entry FROM PUBLIC`);
}

/** Undoes createCommonTables, for a migration's `down`. */
export async function dropCommonTables(queryRunner: QueryRunner, schema: string): Promise<void> {
  const s = quoteName(schema);
  await queryRunner.query(`DROP TABLE ${s}.audit_entry`);
  await queryRunner.query(`DROP FUNCTION ${s}.refuse_change()`);
  await queryRunner.query(`DROP TABLE ${s}.idempotency_record`);
}
