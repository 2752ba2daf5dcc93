import type { MigrationInterface, QueryRunner } from "typeorm";

const WHOLE = (more: string): string => `
  CREATE OR REPLACE FUNCTION communities.keep_pairing_whole() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    wanted uuid := CASE WHEN TG_TABLE_NAME = 'pairing' THEN to_jsonb(coalesce(NEW, OLD)) ->> 'id'
      ELSE to_jsonb(coalesce(NEW, OLD)) ->> 'pairing_id' END;
    pairing communities.pairing;
  BEGIN
    SELECT * INTO pairing FROM communities.pairing p WHERE p.id = wanted;
    IF (SELECT count(*) FROM communities.pairing_party q WHERE q.pairing_id = wanted) < 2 THEN
      RAISE EXCEPTION 'a pairing has two parties at least' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_two_parties';
    END IF;
    IF pairing.signed_on IS NOT NULL AND EXISTS (SELECT 1 FROM communities.pairing_party q
      WHERE q.pairing_id = wanted AND (q.consented_on IS NULL OR q.consented_on > pairing.signed_on)) THEN
      RAISE EXCEPTION 'every party agrees first' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_all_consent';
    END IF;
    IF pairing.state = 'RENEWED' AND NOT EXISTS (SELECT 1 FROM communities.pairing s
      WHERE s.renews_id = wanted AND s.signed_on IS NOT NULL) THEN
      RAISE EXCEPTION 'renewed by nothing' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_renewal_signed';
    END IF;
    ${more}
    RETURN NULL;
  END $$;`;

/**
 * A pairing and what renews it are one relation of the same parties. A renewal that was never signed and is over does not use up the one
 * renewal that a pairing has; one that is signed takes over from what it renews, with the tasks that are open. A task that was entered by
 * mistake is dropped with a reason, and stays to be read.
 */
export class Renewals1700000000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- filled without bumping versions: nothing that anybody wrote changes
      ALTER TABLE communities.pairing ADD COLUMN relation_id uuid CONSTRAINT pairing_relation_fk REFERENCES communities.pairing ON DELETE RESTRICT;
      ALTER TABLE communities.pairing DISABLE TRIGGER USER;
      WITH RECURSIVE chain AS (
        SELECT p.id, p.id AS relation_id FROM communities.pairing p WHERE p.renews_id IS NULL
        UNION ALL SELECT n.id, c.relation_id FROM communities.pairing n JOIN chain c ON n.renews_id = c.id
      ) UPDATE communities.pairing p SET relation_id = c.relation_id FROM chain c WHERE c.id = p.id;
      ALTER TABLE communities.pairing ENABLE TRIGGER USER;
    `);
    await runner.query(`
      ALTER TABLE communities.pairing ALTER COLUMN relation_id SET NOT NULL, DROP CONSTRAINT pairing_renewed_once;
      CREATE UNIQUE INDEX pairing_renewed_once ON communities.pairing (renews_id) WHERE (state <> 'ENDED' OR signed_on IS NOT NULL);
      CREATE INDEX pairing_by_relation ON communities.pairing (relation_id, id);

      CREATE FUNCTION communities.keep_pairing_relation() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        renewed communities.pairing;
      BEGIN
        IF TG_OP = 'UPDATE' AND (NEW.renews_id IS DISTINCT FROM OLD.renews_id OR NEW.relation_id <> OLD.relation_id) THEN
          RAISE EXCEPTION 'a pairing renews what it renews' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_relation_kept';
        END IF;
        IF NEW.renews_id IS NULL THEN
          NEW.relation_id := NEW.id;
          RETURN NEW;
        END IF;
        SELECT * INTO renewed FROM communities.pairing p WHERE p.id = NEW.renews_id;
        NEW.relation_id := renewed.relation_id;
        IF NEW.state IN ('PROPOSED', 'SIGNED') AND NEW.ends_on < renewed.ends_on THEN
          RAISE EXCEPTION 'a renewal ends no earlier' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_renewal_term';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER pairing_relation_kept BEFORE INSERT OR UPDATE ON communities.pairing
        FOR EACH ROW EXECUTE FUNCTION communities.keep_pairing_relation();
    `);
    await runner.query(`
      ALTER TABLE communities.pairing_commitment ADD COLUMN dropped_on date, ADD COLUMN drop_reason text,
        ADD CONSTRAINT pairing_commitment_dropped_whole CHECK ((dropped_on IS NULL) = (drop_reason IS NULL)
          AND (dropped_on IS NULL OR done_on IS NULL))`);
    await runner.query(
      WHOLE(`IF pairing.state IN ('SIGNED', 'ACTIVE', 'DORMANT', 'RENEWED') AND EXISTS (SELECT 1 FROM communities.pairing s
      WHERE s.renews_id = wanted AND s.signed_on IS NOT NULL) THEN
      IF pairing.state <> 'RENEWED' THEN
        RAISE EXCEPTION 'one of them holds' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_renewed_whole';
      END IF;
      IF EXISTS (SELECT 1 FROM communities.pairing_commitment t WHERE t.pairing_id = wanted
        AND t.done_on IS NULL AND t.dropped_on IS NULL) THEN
        RAISE EXCEPTION 'open tasks go with it' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_tasks_carried';
      END IF;
    END IF;
    IF pairing.renews_id IS NOT NULL AND pairing.signed_on IS NOT NULL AND EXISTS (SELECT 1 FROM communities.pairing r
      WHERE r.id = pairing.renews_id AND r.state IN ('SIGNED', 'ACTIVE', 'DORMANT')) THEN
      RAISE EXCEPTION 'one of them holds' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_renewed_whole';
    END IF;`),
    );
    // what renewals left behind so far: the open tasks of what is renewed go to the agreement of the relation that holds
    await runner.query(`
      UPDATE communities.pairing_commitment t SET pairing_id = h.id, owner_id = v.id, version = t.version + 1
      FROM communities.pairing p, communities.pairing h, communities.pairing_party o, communities.pairing_party v
      WHERE p.id = t.pairing_id AND p.state = 'RENEWED' AND t.done_on IS NULL AND h.relation_id = p.relation_id
        AND h.state IN ('SIGNED', 'ACTIVE', 'DORMANT') AND o.id = t.owner_id AND v.pairing_id = h.id AND v.place = o.place;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${WHOLE("")}
      DROP TRIGGER pairing_relation_kept ON communities.pairing;
      DROP FUNCTION communities.keep_pairing_relation;
      DROP INDEX communities.pairing_renewed_once;
      DROP INDEX communities.pairing_by_relation;
      ALTER TABLE communities.pairing_commitment DROP COLUMN dropped_on, DROP COLUMN drop_reason;
      ALTER TABLE communities.pairing DROP COLUMN relation_id, ADD CONSTRAINT pairing_renewed_once UNIQUE (renews_id)`);
  }
}
