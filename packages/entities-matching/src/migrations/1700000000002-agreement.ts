import type { MigrationInterface, QueryRunner } from "typeorm";

/** Both sides agree to a match; a round knows whether its list has changed since it was matched; no capacity sinks below what is promised. */
export class Agreement1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE matching.round
        ADD COLUMN revision integer NOT NULL DEFAULT 0,
        ADD COLUMN matched_revision integer;
      UPDATE matching.round SET matched_revision = revision WHERE matched_at IS NOT NULL;

      ALTER TABLE matching.match
        ADD COLUMN community_accepted boolean NOT NULL DEFAULT false,
        ADD COLUMN organisation_accepted boolean NOT NULL DEFAULT false;
      UPDATE matching.match SET community_accepted = true, organisation_accepted = true WHERE state IN ('ACCEPTED', 'SIGNED', 'FULFILLED');
      ALTER TABLE matching.match ADD CONSTRAINT match_accepted_by_both
        CHECK (state NOT IN ('ACCEPTED', 'SIGNED', 'FULFILLED') OR (community_accepted AND organisation_accepted));

      CREATE FUNCTION matching.keep_match_beginning() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state <> 'SUGGESTED' THEN
          RAISE EXCEPTION 'a match begins as a suggestion' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_step_order';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER match_beginning BEFORE INSERT ON matching.match FOR EACH ROW EXECUTE FUNCTION matching.keep_match_beginning();

      -- The row that is being updated is locked, and so is it by keep_match_units: what is promised cannot grow meanwhile.
      CREATE FUNCTION matching.keep_offer_promises() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE promised integer;
      BEGIN
        SELECT COALESCE(sum(units), 0) INTO promised FROM matching.match WHERE offer_id = NEW.id AND state NOT IN ('DECLINED', 'SUGGESTED');
        IF promised > (CASE NEW.state WHEN 'OPEN' THEN NEW.capacity ELSE 0 END) THEN
          RAISE EXCEPTION 'the offer has promised more' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_offer_capacity';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER offer_promises BEFORE UPDATE OF capacity, state ON matching.offer FOR EACH ROW EXECUTE FUNCTION matching.keep_offer_promises();

      CREATE FUNCTION matching.keep_need_promises() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE promised integer;
      BEGIN
        SELECT COALESCE(sum(units), 0) INTO promised FROM matching.match WHERE need_id = NEW.id AND state NOT IN ('DECLINED', 'SUGGESTED');
        IF promised > (CASE NEW.state WHEN 'OPEN' THEN NEW.quantity ELSE 0 END) THEN
          RAISE EXCEPTION 'the need is promised more' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_need_quantity';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER need_promises BEFORE UPDATE OF quantity, state ON matching.need FOR EACH ROW EXECUTE FUNCTION matching.keep_need_promises();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER need_promises ON matching.need;
      DROP TRIGGER offer_promises ON matching.offer;
      DROP TRIGGER match_beginning ON matching.match;
      DROP FUNCTION matching.keep_need_promises, matching.keep_offer_promises, matching.keep_match_beginning;
      ALTER TABLE matching.match DROP COLUMN community_accepted, DROP COLUMN organisation_accepted;
      ALTER TABLE matching.round DROP COLUMN revision, DROP COLUMN matched_revision;
    `);
  }
}
