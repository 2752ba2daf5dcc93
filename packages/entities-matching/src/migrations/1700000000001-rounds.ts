import { createCommonTables } from "@gongjian/database";
import type { MigrationInterface, QueryRunner } from "typeorm";
import { FUND_KINDS, NEED_KINDS } from "../need.entity";
import { ROUND_STATES } from "../round.entity";

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(", ");
/** The states that there were then. */
const MATCH_STATES = ["SUGGESTED", "PROPOSED", "ACCEPTED", "DECLINED", "SIGNED", "FULFILLED"];
const stamps = `version integer NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()`;

/** Rounds, needs, offers and matches. */
export class Rounds1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createCommonTables(runner, "matching");
    await runner.query(`
      CREATE TABLE matching.round (
        id uuid CONSTRAINT round_pkey PRIMARY KEY,
        key text CONSTRAINT round_key_once UNIQUE,
        region_code text NOT NULL,
        region_scope_codes text[] NOT NULL,
        year integer NOT NULL CONSTRAINT round_year_range CHECK (year BETWEEN 1949 AND 2200),
        title text NOT NULL,
        state text NOT NULL DEFAULT 'DRAFT' CONSTRAINT round_state_known CHECK (state IN (${list(ROUND_STATES)})),
        event_id uuid,
        weights jsonb,
        matched_at timestamptz,
        match_value bigint,
        source text,
        ${stamps}
      );
      CREATE INDEX round_by_region ON matching.round (region_code, year, id);
      CREATE INDEX round_by_event ON matching.round (event_id);
      CREATE INDEX round_by_year ON matching.round (year, id);

      CREATE TABLE matching.need (
        id uuid CONSTRAINT need_pkey PRIMARY KEY,
        key text,
        round_id uuid NOT NULL CONSTRAINT need_round_fk REFERENCES matching.round ON DELETE RESTRICT,
        community_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT need_kind_known CHECK (kind IN (${list(NEED_KINDS)})),
        title text NOT NULL,
        description text,
        fund_kind text NOT NULL DEFAULT 'NONE' CONSTRAINT need_fund_kind_known CHECK (fund_kind IN (${list(FUND_KINDS)})),
        budget_min bigint,
        budget_max bigint,
        currency text NOT NULL DEFAULT 'CNY' CONSTRAINT need_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
        starts_on date,
        ends_on date,
        tags text[] NOT NULL DEFAULT '{}',
        required_qualifications text[] NOT NULL DEFAULT '{}',
        beneficiaries integer CONSTRAINT need_beneficiaries_range CHECK (beneficiaries BETWEEN 0 AND 10000000),
        quantity integer NOT NULL DEFAULT 1 CONSTRAINT need_quantity_range CHECK (quantity BETWEEN 1 AND 10000),
        state text NOT NULL DEFAULT 'OPEN' CONSTRAINT need_state_known CHECK (state IN ('OPEN', 'WITHDRAWN')),
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        ${stamps},
        CONSTRAINT need_key_once UNIQUE (round_id, key),
        CONSTRAINT need_budget_range CHECK (budget_min BETWEEN 0 AND 1000000000000 AND budget_max BETWEEN 0 AND 1000000000000 AND (budget_min IS NULL OR budget_max IS NULL OR budget_min <= budget_max)),
        CONSTRAINT need_period CHECK (starts_on <= ends_on)
      );
      CREATE INDEX need_by_community ON matching.need (community_id, title, id);
      CREATE INDEX need_by_round ON matching.need (round_id, title, id);
      CREATE INDEX need_by_round_community ON matching.need (round_id, community_id);

      CREATE TABLE matching.need_outlook (
        need_id uuid CONSTRAINT need_outlook_pkey PRIMARY KEY CONSTRAINT need_outlook_need_fk REFERENCES matching.need ON DELETE CASCADE,
        missing_units integer NOT NULL CONSTRAINT need_outlook_missing CHECK (missing_units >= 0),
        alternatives jsonb NOT NULL DEFAULT '[]',
        blockers jsonb NOT NULL DEFAULT '[]'
      );

      CREATE TABLE matching.offer (
        id uuid CONSTRAINT offer_pkey PRIMARY KEY,
        key text,
        round_id uuid NOT NULL CONSTRAINT offer_round_fk REFERENCES matching.round ON DELETE RESTRICT,
        organisation_id uuid NOT NULL,
        kinds text[] NOT NULL CONSTRAINT offer_kinds_known CHECK (kinds <@ ARRAY[${list(NEED_KINDS)}]::text[] AND cardinality(kinds) > 0),
        title text NOT NULL,
        description text,
        capabilities text[] NOT NULL DEFAULT '{}',
        price bigint CONSTRAINT offer_price_range CHECK (price BETWEEN 0 AND 1000000000000),
        currency text NOT NULL DEFAULT 'CNY' CONSTRAINT offer_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
        capacity integer NOT NULL DEFAULT 1 CONSTRAINT offer_capacity_range CHECK (capacity BETWEEN 1 AND 10000),
        coverage text[] NOT NULL DEFAULT '{}',
        available_from date,
        available_to date,
        qualifications text[] NOT NULL DEFAULT '{}',
        cases text[] NOT NULL DEFAULT '{}',
        state text NOT NULL DEFAULT 'OPEN' CONSTRAINT offer_state_known CHECK (state IN ('OPEN', 'WITHDRAWN')),
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        ${stamps},
        CONSTRAINT offer_key_once UNIQUE (round_id, key),
        CONSTRAINT offer_period CHECK (available_from <= available_to)
      );
      CREATE INDEX offer_by_organisation ON matching.offer (organisation_id, title, id);
      CREATE INDEX offer_by_round ON matching.offer (round_id, title, id);

      CREATE TABLE matching.match (
        id uuid CONSTRAINT match_pkey PRIMARY KEY,
        round_id uuid NOT NULL CONSTRAINT match_round_fk REFERENCES matching.round ON DELETE RESTRICT,
        need_id uuid NOT NULL CONSTRAINT match_need_fk REFERENCES matching.need ON DELETE RESTRICT,
        offer_id uuid NOT NULL CONSTRAINT match_offer_fk REFERENCES matching.offer ON DELETE RESTRICT,
        units integer NOT NULL CONSTRAINT match_units_range CHECK (units BETWEEN 1 AND 10000),
        score integer NOT NULL CONSTRAINT match_score_range CHECK (score BETWEEN 0 AND 1000000),
        factors jsonb NOT NULL,
        state text NOT NULL DEFAULT 'SUGGESTED' CONSTRAINT match_state_known CHECK (state IN (${list(MATCH_STATES)})),
        ${stamps},
        CONSTRAINT match_pair_once UNIQUE (need_id, offer_id)
      );
      CREATE INDEX match_by_offer ON matching.match (offer_id, score, id);
      CREATE INDEX match_by_round ON matching.match (round_id, score, id);

      -- No step of a round out of order, whoever writes: the next state in the list or the same one.
      CREATE FUNCTION matching.keep_round_order() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE states text[] := ARRAY[${list(ROUND_STATES)}];
      BEGIN
        IF TG_OP = 'INSERT' THEN
          IF NEW.state <> 'DRAFT' THEN
            RAISE EXCEPTION 'a round begins as a draft' USING ERRCODE = 'check_violation', CONSTRAINT = 'round_step_order';
          END IF;
        ELSIF NEW.state <> OLD.state AND array_position(states, NEW.state) <> array_position(states, OLD.state) + 1 THEN
          RAISE EXCEPTION 'a round goes one step at a time' USING ERRCODE = 'check_violation', CONSTRAINT = 'round_step_order';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER round_step_order BEFORE INSERT OR UPDATE OF state ON matching.round FOR EACH ROW EXECUTE FUNCTION matching.keep_round_order();

      CREATE FUNCTION matching.keep_match_order() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
          ('SUGGESTED', 'PROPOSED'), ('PROPOSED', 'ACCEPTED'), ('PROPOSED', 'DECLINED'), ('ACCEPTED', 'DECLINED'), ('ACCEPTED', 'SIGNED'), ('SIGNED', 'FULFILLED')
        ) THEN
          RAISE EXCEPTION 'a match goes one step at a time' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_step_order';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER match_step_order BEFORE UPDATE OF state ON matching.match FOR EACH ROW EXECUTE FUNCTION matching.keep_match_order();

      -- No unit promised twice. The offer and the need are locked, so that two transactions cannot both see room.
      CREATE FUNCTION matching.keep_match_units() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE room integer; wanted integer; taken integer;
      BEGIN
        SELECT capacity INTO room FROM matching.offer WHERE id = NEW.offer_id FOR NO KEY UPDATE;
        SELECT COALESCE(sum(units), 0) INTO taken FROM matching.match WHERE offer_id = NEW.offer_id AND id <> NEW.id AND state NOT IN ('DECLINED', 'SUGGESTED');
        IF taken + NEW.units > room THEN
          RAISE EXCEPTION 'the offer has no room' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_offer_capacity';
        END IF;
        SELECT quantity INTO wanted FROM matching.need WHERE id = NEW.need_id FOR NO KEY UPDATE;
        SELECT COALESCE(sum(units), 0) INTO taken FROM matching.match WHERE need_id = NEW.need_id AND id <> NEW.id AND state NOT IN ('DECLINED', 'SUGGESTED');
        IF taken + NEW.units > wanted THEN
          RAISE EXCEPTION 'the need wants no more' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_need_quantity';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER match_units BEFORE INSERT OR UPDATE OF state, units, offer_id, need_id ON matching.match
        FOR EACH ROW WHEN (NEW.state NOT IN ('SUGGESTED', 'DECLINED')) EXECUTE FUNCTION matching.keep_match_units();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE matching.match, matching.offer, matching.need_outlook, matching.need, matching.round;
      DROP FUNCTION matching.keep_round_order, matching.keep_match_order, matching.keep_match_units`);
  }
}
