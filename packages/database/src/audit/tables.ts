import type { QueryRunner } from "typeorm";
import { quoteName } from "../names";
import { canonicalSql, coveredTexts, genesisHash } from "./chain";

/** The triggers of audit_entry that must be there and enabled. */
export const AUDIT_TRIGGERS = ["audit_entry_append_only", "audit_entry_chain", "audit_entry_head"] as const;

/** What the subgraph's role may set of an entry; the database sets the rest. */
export const AUDIT_COLUMNS = "subject, role, action, concept, entity_id, before, after, request_id, issuer";

/**
 * Creates audit_entry and audit_head: a chain in which each entry's hash covers the one before it.
 *
 * A BEFORE INSERT trigger locks the head, so that transactions chain in the order in which they commit, and gives the entry its place
 * (id, without gaps), its time and its hashes, whatever the INSERT said. An AFTER trigger moves the head once a statement. Both run as
 * the owner: the subgraph's role can neither write the head nor choose a hash. The lock is held until the transaction ends, so entries
 * belong at its very end; runCommand sends them with COMMIT.
 *
 * Entries take no UPDATE, DELETE or TRUNCATE, and the head never goes back, the owner's statements included (SQLSTATE 42501).
 */
export async function createAuditTables(queryRunner: QueryRunner, schema: string): Promise<void> {
  const s = quoteName(schema);
  await queryRunner.query(`CREATE TABLE ${s}.audit_entry (
    id bigint NOT NULL,
    at timestamptz NOT NULL,
    subject text NOT NULL,
    role text NOT NULL,
    action text NOT NULL,
    concept text NOT NULL,
    entity_id text NOT NULL,
    before jsonb,
    after jsonb,
    request_id text NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    issuer text,
    CONSTRAINT audit_entry_pk PRIMARY KEY (id)
  )`);
  await queryRunner.query(`CREATE INDEX audit_entry_record_idx ON ${s}.audit_entry (concept, entity_id, id)`);
  await queryRunner.query(`CREATE INDEX audit_entry_subject_idx ON ${s}.audit_entry (subject, id)`);
  await queryRunner.query(`CREATE INDEX audit_entry_request_idx ON ${s}.audit_entry (request_id, id)`);
  await queryRunner.query(`CREATE INDEX audit_entry_at_idx ON ${s}.audit_entry (at, id)`);
  await queryRunner.query(`CREATE TABLE ${s}.audit_head (
    single boolean NOT NULL DEFAULT true,
    id bigint NOT NULL,
    hash bytea NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT audit_head_pk PRIMARY KEY (single),
    CONSTRAINT audit_head_single CHECK (single)
  )`);
  await queryRunner.query(`INSERT INTO ${s}.audit_head (id, hash, at) VALUES (0, decode('${genesisHash(schema)}', 'hex'), now())`);

  await createChain(queryRunner, s);
  await queryRunner.query(`CREATE FUNCTION ${s}.move_audit_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
      UPDATE ${s}.audit_head AS head SET id = latest.id, hash = latest.hash, at = latest.at
      FROM (SELECT id, hash, at FROM ${s}.audit_entry ORDER BY id DESC LIMIT 1) AS latest WHERE latest.id > head.id;
      RETURN NULL;
    END $$`);
  await queryRunner.query(`CREATE FUNCTION ${s}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = '42501';
    END $$`);
  await queryRunner.query(`REVOKE ALL ON FUNCTION ${s}.chain_audit_entry(), ${s}.move_audit_head() FROM PUBLIC`);

  await queryRunner.query(`CREATE TRIGGER audit_entry_chain BEFORE INSERT ON ${s}.audit_entry
    FOR EACH ROW EXECUTE FUNCTION ${s}.chain_audit_entry()`);
  await queryRunner.query(`CREATE TRIGGER audit_entry_head AFTER INSERT ON ${s}.audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ${s}.move_audit_head()`);
  await queryRunner.query(`CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${s}.audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ${s}.refuse_change()`);
  await queryRunner.query(`CREATE TRIGGER audit_head_forward BEFORE UPDATE ON ${s}.audit_head
    FOR EACH ROW WHEN (NEW.id <= OLD.id) EXECUTE FUNCTION ${s}.refuse_change()`);
  await queryRunner.query(`CREATE TRIGGER audit_head_kept BEFORE DELETE OR TRUNCATE ON ${s}.audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION ${s}.refuse_change()`);
  await queryRunner.query(`REVOKE ALL ON ${s}.audit_entry, ${s}.audit_head FROM PUBLIC`);
}

/** The trigger's function that gives an entry its place and its hashes. */
async function createChain(queryRunner: QueryRunner, s: string): Promise<void> {
  await queryRunner.query(`CREATE OR REPLACE FUNCTION ${s}.chain_audit_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
      tip record;
      latest record;
      texts text[];
    BEGIN
      SELECT id, hash, at INTO STRICT tip FROM ${s}.audit_head FOR UPDATE;
      -- the head is moved once a statement: within one, the entries before this one are ahead of it
      SELECT id, hash, at INTO latest FROM ${s}.audit_entry ORDER BY id DESC LIMIT 1;
      IF latest.id > tip.id THEN tip := latest; END IF;
      NEW.id := tip.id + 1;
      NEW.at := greatest(clock_timestamp(), tip.at);
      NEW.previous_hash := tip.hash;
      texts := ${coveredTexts("NEW")};
      NEW.hash := sha256(convert_to(${canonicalSql("tip.hash", "texts")}, 'UTF8'));
      RETURN NEW;
    END $$`);
}

/** Lets entries say who answers for their subject, in a trail that was made before they could. Its old entries keep their hashes. */
export async function addAuditIssuer(queryRunner: QueryRunner, schema: string): Promise<void> {
  const s = quoteName(schema);
  await queryRunner.query(`ALTER TABLE ${s}.audit_entry ADD COLUMN IF NOT EXISTS issuer text`);
  await createChain(queryRunner, s);
}

/** Undoes createAuditTables. */
export async function dropAuditTables(queryRunner: QueryRunner, schema: string): Promise<void> {
  const s = quoteName(schema);
  await queryRunner.query(`DROP TABLE ${s}.audit_entry, ${s}.audit_head`);
  await queryRunner.query(`DROP FUNCTION ${s}.chain_audit_entry(), ${s}.move_audit_head(), ${s}.refuse_change()`);
}
