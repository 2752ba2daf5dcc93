import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What the platform keeps is kept whoever writes: matches join entries of one round, take their steps while their round takes them, and are
 * not taken away once they are signed; what was only suggested lapses when the round is signed; entries stay in their round; a round that was
 * opened stays.
 */
export class Guards1700000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE matching.need ADD CONSTRAINT need_of_round_once UNIQUE (id, round_id);
      ALTER TABLE matching.offer ADD CONSTRAINT offer_of_round_once UNIQUE (id, round_id);
      ALTER TABLE matching.match
        DROP CONSTRAINT match_need_fk,
        DROP CONSTRAINT match_offer_fk,
        ADD CONSTRAINT match_need_fk FOREIGN KEY (need_id, round_id) REFERENCES matching.need (id, round_id) ON DELETE RESTRICT,
        ADD CONSTRAINT match_offer_fk FOREIGN KEY (offer_id, round_id) REFERENCES matching.offer (id, round_id) ON DELETE RESTRICT,
        DROP CONSTRAINT match_state_known,
        ADD CONSTRAINT match_state_known CHECK (state IN ('SUGGESTED', 'PROPOSED', 'ACCEPTED', 'DECLINED', 'SIGNED', 'FULFILLED', 'LAPSED'));

      CREATE FUNCTION matching.keep_entry_round() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'an entry stays in its round' USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_round_fixed';
      END $$;
      CREATE TRIGGER need_round_fixed BEFORE UPDATE OF round_id ON matching.need
        FOR EACH ROW WHEN (NEW.round_id <> OLD.round_id) EXECUTE FUNCTION matching.keep_entry_round();
      CREATE TRIGGER offer_round_fixed BEFORE UPDATE OF round_id ON matching.offer
        FOR EACH ROW WHEN (NEW.round_id <> OLD.round_id) EXECUTE FUNCTION matching.keep_entry_round();

      CREATE FUNCTION matching.keep_round() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a round that was opened stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'round_kept';
      END $$;
      CREATE TRIGGER round_kept BEFORE DELETE ON matching.round FOR EACH ROW WHEN (OLD.state <> 'DRAFT') EXECUTE FUNCTION matching.keep_round();

      CREATE FUNCTION matching.keep_signed_match() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what was signed stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_signed_kept';
      END $$;
      CREATE TRIGGER match_signed_kept BEFORE DELETE ON matching.match
        FOR EACH ROW WHEN (OLD.state IN ('SIGNED', 'FULFILLED')) EXECUTE FUNCTION matching.keep_signed_match();
      CREATE TRIGGER match_signed_unchanged BEFORE UPDATE OF round_id, need_id, offer_id, units ON matching.match
        FOR EACH ROW WHEN (OLD.state IN ('SIGNED', 'FULFILLED') AND (NEW.round_id, NEW.need_id, NEW.offer_id, NEW.units) IS DISTINCT FROM (OLD.round_id, OLD.need_id, OLD.offer_id, OLD.units))
        EXECUTE FUNCTION matching.keep_signed_match();

      -- The round is held where it stands: it cannot go on between this step and the end of its transaction.
      CREATE FUNCTION matching.keep_match_in_step() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE stands text;
      BEGIN
        SELECT state INTO stands FROM matching.round WHERE id = NEW.round_id FOR SHARE;
        IF stands <> (CASE NEW.state WHEN 'FULFILLED' THEN 'EXECUTING' ELSE 'NEGOTIATING' END) THEN
          RAISE EXCEPTION 'the round does not take this step now' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_step_round';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER match_step_round BEFORE UPDATE OF state ON matching.match
        FOR EACH ROW WHEN (NEW.state <> OLD.state AND NEW.state <> 'LAPSED') EXECUTE FUNCTION matching.keep_match_in_step();

      CREATE OR REPLACE FUNCTION matching.keep_match_order() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
          ('SUGGESTED', 'PROPOSED'), ('SUGGESTED', 'LAPSED'), ('PROPOSED', 'ACCEPTED'), ('PROPOSED', 'DECLINED'), ('ACCEPTED', 'DECLINED'), ('ACCEPTED', 'SIGNED'), ('SIGNED', 'FULFILLED')
        ) THEN
          RAISE EXCEPTION 'a match goes one step at a time' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_step_order';
        END IF;
        RETURN NEW;
      END $$;

      -- A match that lapsed holds no unit, as one that is only suggested or was declined holds none.
      DROP TRIGGER match_units ON matching.match;
      CREATE TRIGGER match_units BEFORE INSERT OR UPDATE OF state, units, offer_id, need_id ON matching.match
        FOR EACH ROW WHEN (NEW.state NOT IN ('SUGGESTED', 'DECLINED', 'LAPSED')) EXECUTE FUNCTION matching.keep_match_units();
      ${UNITS("'DECLINED', 'SUGGESTED', 'LAPSED'")}

      UPDATE matching.match m SET state = 'LAPSED', version = m.version + 1, updated_at = now()
        FROM matching.round r WHERE r.id = m.round_id AND m.state = 'SUGGESTED' AND r.state IN ('SIGNED', 'EXECUTING', 'EVALUATED', 'CLOSED');
      CREATE FUNCTION matching.lapse_suggestions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE matching.match SET state = 'LAPSED', version = version + 1, updated_at = now() WHERE round_id = NEW.id AND state = 'SUGGESTED';
        RETURN NULL;
      END $$;
      CREATE TRIGGER round_suggestions_lapse AFTER UPDATE OF state ON matching.round
        FOR EACH ROW WHEN (NEW.state = 'SIGNED' AND OLD.state <> 'SIGNED') EXECUTE FUNCTION matching.lapse_suggestions();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER round_suggestions_lapse ON matching.round;
      DROP TRIGGER match_step_round ON matching.match;
      DROP TRIGGER match_signed_unchanged ON matching.match;
      DROP TRIGGER match_signed_kept ON matching.match;
      DROP TRIGGER round_kept ON matching.round;
      DROP TRIGGER offer_round_fixed ON matching.offer;
      DROP TRIGGER need_round_fixed ON matching.need;
      DROP FUNCTION matching.lapse_suggestions, matching.keep_match_in_step, matching.keep_signed_match, matching.keep_round, matching.keep_entry_round;
      DELETE FROM matching.match WHERE state = 'LAPSED';
      ${UNITS("'DECLINED', 'SUGGESTED'")}
      ALTER TABLE matching.match
        DROP CONSTRAINT match_state_known,
        ADD CONSTRAINT match_state_known CHECK (state IN ('SUGGESTED', 'PROPOSED', 'ACCEPTED', 'DECLINED', 'SIGNED', 'FULFILLED')),
        DROP CONSTRAINT match_need_fk,
        DROP CONSTRAINT match_offer_fk,
        ADD CONSTRAINT match_need_fk FOREIGN KEY (need_id) REFERENCES matching.need ON DELETE RESTRICT,
        ADD CONSTRAINT match_offer_fk FOREIGN KEY (offer_id) REFERENCES matching.offer ON DELETE RESTRICT;
      ALTER TABLE matching.need DROP CONSTRAINT need_of_round_once;
      ALTER TABLE matching.offer DROP CONSTRAINT offer_of_round_once;
    `);
  }
}

/** The functions that count what is promised, with the states that promise nothing. */
const UNITS = (idle: string): string => `
      CREATE OR REPLACE FUNCTION matching.keep_match_units() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE room integer; wanted integer; taken integer;
      BEGIN
        SELECT capacity INTO room FROM matching.offer WHERE id = NEW.offer_id FOR NO KEY UPDATE;
        SELECT COALESCE(sum(units), 0) INTO taken FROM matching.match WHERE offer_id = NEW.offer_id AND id <> NEW.id AND state NOT IN (${idle});
        IF taken + NEW.units > room THEN
          RAISE EXCEPTION 'the offer has no room' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_offer_capacity';
        END IF;
        SELECT quantity INTO wanted FROM matching.need WHERE id = NEW.need_id FOR NO KEY UPDATE;
        SELECT COALESCE(sum(units), 0) INTO taken FROM matching.match WHERE need_id = NEW.need_id AND id <> NEW.id AND state NOT IN (${idle});
        IF taken + NEW.units > wanted THEN
          RAISE EXCEPTION 'the need wants no more' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_need_quantity';
        END IF;
        RETURN NEW;
      END $$;
      CREATE OR REPLACE FUNCTION matching.keep_offer_promises() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE promised integer;
      BEGIN
        SELECT COALESCE(sum(units), 0) INTO promised FROM matching.match WHERE offer_id = NEW.id AND state NOT IN (${idle});
        IF promised > (CASE NEW.state WHEN 'OPEN' THEN NEW.capacity ELSE 0 END) THEN
          RAISE EXCEPTION 'the offer has promised more' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_offer_capacity';
        END IF;
        RETURN NEW;
      END $$;
      CREATE OR REPLACE FUNCTION matching.keep_need_promises() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE promised integer;
      BEGIN
        SELECT COALESCE(sum(units), 0) INTO promised FROM matching.match WHERE need_id = NEW.id AND state NOT IN (${idle});
        IF promised > (CASE NEW.state WHEN 'OPEN' THEN NEW.quantity ELSE 0 END) THEN
          RAISE EXCEPTION 'the need is promised more' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_need_quantity';
        END IF;
        RETURN NEW;
      END $$;`;
