import type { MigrationInterface, QueryRunner } from "typeorm";

/** What may be corrected in pairings and their tasks, and what stays: the kind once signed, the terms once agreed to, a task once dropped. */
export class PairingCorrections1700000000251 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION communities.keep_pairing_terms() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.signed_on IS NOT NULL AND NEW.kind <> OLD.kind THEN
          RAISE EXCEPTION 'what is signed stays of its kind' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_signature_kept';
        END IF;
        IF OLD.signed_on IS NULL AND (NEW.kind, NEW.fields, NEW.ends_on) IS DISTINCT FROM (OLD.kind, OLD.fields, OLD.ends_on)
          AND EXISTS (SELECT 1 FROM communities.pairing_party q WHERE q.pairing_id = NEW.id AND q.consented_on IS NOT NULL) THEN
          RAISE EXCEPTION 'somebody agreed to other terms' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_terms_agreed';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER pairing_terms_kept BEFORE UPDATE ON communities.pairing FOR EACH ROW EXECUTE FUNCTION communities.keep_pairing_terms();

      -- A relation begins with its first signing, and so does what its parties promise each other.
      CREATE FUNCTION communities.keep_commitment_order() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        since date := (SELECT min(f.signed_on) FROM communities.pairing p JOIN communities.pairing f ON f.relation_id = p.relation_id
          WHERE p.id = NEW.pairing_id);
      BEGIN
        IF TG_OP = 'UPDATE' AND (OLD.dropped_on IS NOT NULL OR (OLD.done_on IS NOT NULL AND NEW.done_on IS NULL)) THEN
          RAISE EXCEPTION 'what is done or dropped stays so' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_commitment_settled';
        END IF;
        IF NEW.due_on < since AND (TG_OP = 'INSERT' OR NEW.due_on <> OLD.due_on) THEN
          RAISE EXCEPTION 'due before the signing' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_commitment_due_after';
        END IF;
        IF NEW.done_on < since AND (TG_OP = 'INSERT' OR NEW.done_on IS DISTINCT FROM OLD.done_on) THEN
          RAISE EXCEPTION 'done before the signing' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_commitment_done_after';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER pairing_commitment_order BEFORE INSERT OR UPDATE ON communities.pairing_commitment
        FOR EACH ROW EXECUTE FUNCTION communities.keep_commitment_order();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER pairing_commitment_order ON communities.pairing_commitment;
      DROP TRIGGER pairing_terms_kept ON communities.pairing;
      DROP FUNCTION communities.keep_commitment_order, communities.keep_pairing_terms`);
  }
}
