import type { MigrationInterface, QueryRunner } from "typeorm";

/** Pairings, their parties, what these promised each other, and what went to and fro between them. */
export class Pairings1700000000130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.pairing (
        id uuid CONSTRAINT pairing_pkey PRIMARY KEY,
        key text CONSTRAINT pairing_key_once UNIQUE,
        kind text NOT NULL CONSTRAINT pairing_kind_known CHECK (kind IN (
          'CROSS_STRAIT', 'URBAN_RURAL', 'ONE_PLUS_N', 'TALENT', 'COMMUNITY', 'OTHER')),
        name text NOT NULL,
        fields text[] NOT NULL DEFAULT '{}',
        state text NOT NULL DEFAULT 'PROPOSED' CONSTRAINT pairing_state_known CHECK (state IN (
          'PROPOSED', 'SIGNED', 'ACTIVE', 'DORMANT', 'RENEWED', 'ENDED')),
        signed_on date,
        ends_on date,
        ended_on date,
        end_reason text,
        event_id uuid,
        renews_id uuid CONSTRAINT pairing_renews_fk REFERENCES communities.pairing ON DELETE RESTRICT,
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pairing_renewed_once UNIQUE (renews_id),
        CONSTRAINT pairing_signed_dated CHECK ((state <> 'PROPOSED' OR signed_on IS NULL)
          AND (state NOT IN ('SIGNED', 'ACTIVE', 'DORMANT', 'RENEWED') OR signed_on IS NOT NULL)),
        CONSTRAINT pairing_term CHECK (ends_on >= signed_on),
        CONSTRAINT pairing_ended_whole CHECK ((state = 'ENDED') = (num_nonnulls(ended_on, end_reason) = 2)
          AND num_nonnulls(ended_on, end_reason) IN (0, 2)),
        CONSTRAINT pairing_ended_after CHECK (ended_on >= signed_on),
        CONSTRAINT pairing_not_own_renewal CHECK (renews_id <> id)
      );
      CREATE INDEX pairing_by_signed_on ON communities.pairing (signed_on, id);
      CREATE INDEX pairing_by_ends_on ON communities.pairing (ends_on, id);
      CREATE INDEX pairing_by_event ON communities.pairing (event_id, id);

      CREATE TABLE communities.pairing_party (
        id uuid CONSTRAINT pairing_party_pkey PRIMARY KEY,
        pairing_id uuid NOT NULL CONSTRAINT pairing_party_pairing_fk REFERENCES communities.pairing ON DELETE RESTRICT,
        place text NOT NULL,
        community_id uuid CONSTRAINT pairing_party_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        organisation_id uuid CONSTRAINT pairing_party_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        side smallint NOT NULL CONSTRAINT pairing_party_side CHECK (side BETWEEN 1 AND 9),
        consented_on date,
        CONSTRAINT pairing_party_once UNIQUE (pairing_id, place),
        CONSTRAINT pairing_party_whole CHECK (num_nonnulls(community_id, organisation_id) = 1
          AND place = coalesce('community:' || community_id, 'organisation:' || organisation_id))
      );
      CREATE INDEX pairing_party_by_community ON communities.pairing_party (community_id, pairing_id);
      CREATE INDEX pairing_party_by_organisation ON communities.pairing_party (organisation_id, pairing_id);

      CREATE TABLE communities.pairing_commitment (
        id uuid CONSTRAINT pairing_commitment_pkey PRIMARY KEY,
        key text CONSTRAINT pairing_commitment_key_once UNIQUE,
        pairing_id uuid NOT NULL CONSTRAINT pairing_commitment_pairing_fk REFERENCES communities.pairing ON DELETE RESTRICT,
        owner_id uuid NOT NULL CONSTRAINT pairing_commitment_owner_fk REFERENCES communities.pairing_party ON DELETE RESTRICT,
        title text NOT NULL,
        due_on date NOT NULL,
        done_on date,
        evidence text,
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT pairing_commitment_done_whole CHECK ((done_on IS NULL) = (evidence IS NULL))
      );
      CREATE INDEX pairing_commitment_by_pairing ON communities.pairing_commitment (pairing_id, due_on, id);
      CREATE INDEX pairing_commitment_by_owner ON communities.pairing_commitment (owner_id);

      CREATE TABLE communities.pairing_exchange (
        id uuid CONSTRAINT pairing_exchange_pkey PRIMARY KEY,
        key text CONSTRAINT pairing_exchange_key_once UNIQUE,
        pairing_id uuid NOT NULL CONSTRAINT pairing_exchange_pairing_fk REFERENCES communities.pairing ON DELETE RESTRICT,
        kind text NOT NULL CONSTRAINT pairing_exchange_kind_known CHECK (kind IN ('VISIT', 'ONLINE', 'GOODS')),
        from_id uuid NOT NULL CONSTRAINT pairing_exchange_from_fk REFERENCES communities.pairing_party ON DELETE RESTRICT,
        to_id uuid NOT NULL CONSTRAINT pairing_exchange_to_fk REFERENCES communities.pairing_party ON DELETE RESTRICT,
        on_date date NOT NULL,
        head_count integer CONSTRAINT pairing_exchange_heads CHECK (head_count BETWEEN 1 AND 1000000),
        note text,
        event_id uuid,
        source text,
        CONSTRAINT pairing_exchange_two CHECK (from_id <> to_id)
      );
      CREATE INDEX pairing_exchange_by_pairing ON communities.pairing_exchange (pairing_id, on_date, id);
      CREATE INDEX pairing_exchange_by_from ON communities.pairing_exchange (from_id);
      CREATE INDEX pairing_exchange_by_to ON communities.pairing_exchange (to_id);

      -- One way, whoever writes; what is signed keeps its date, and what is over stays as it was.
      CREATE FUNCTION communities.keep_pairing_order() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'pairings are kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_kept';
        END IF;
        IF TG_OP = 'INSERT' THEN
          IF NEW.state <> 'PROPOSED' OR NEW.version <> 1 THEN
            RAISE EXCEPTION 'a pairing begins as proposed' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_step_order';
          END IF;
          RETURN NEW;
        END IF;
        IF OLD.state IN ('RENEWED', 'ENDED') THEN
          RAISE EXCEPTION 'what is over stays as it was' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_over_kept';
        END IF;
        IF NEW.version <> OLD.version + 1 OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
          ('PROPOSED', 'SIGNED'), ('PROPOSED', 'ENDED'), ('SIGNED', 'ACTIVE'), ('SIGNED', 'DORMANT'), ('SIGNED', 'RENEWED'), ('SIGNED', 'ENDED'),
          ('ACTIVE', 'DORMANT'), ('ACTIVE', 'RENEWED'), ('ACTIVE', 'ENDED'), ('DORMANT', 'ACTIVE'), ('DORMANT', 'RENEWED'), ('DORMANT', 'ENDED')
        )) THEN
          RAISE EXCEPTION 'a pairing goes one step at a time' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_step_order';
        END IF;
        IF OLD.signed_on IS NOT NULL AND (NEW.signed_on IS DISTINCT FROM OLD.signed_on OR NEW.renews_id IS DISTINCT FROM OLD.renews_id)
          OR (OLD.state, NEW.state) = ('PROPOSED', 'ENDED') AND NEW.signed_on IS NOT NULL THEN
          RAISE EXCEPTION 'a signature keeps its date' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_signature_kept';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER pairing_step_order BEFORE INSERT OR UPDATE OR DELETE ON communities.pairing
        FOR EACH ROW EXECUTE FUNCTION communities.keep_pairing_order();

      -- Who is party to it, and who agreed, is settled when it is signed.
      CREATE FUNCTION communities.keep_pairing_parties() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        party communities.pairing_party := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      BEGIN
        IF TG_OP = 'UPDATE' AND (NEW.pairing_id <> OLD.pairing_id OR NEW.place <> OLD.place) THEN
          RAISE EXCEPTION 'a party stays itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_parties_kept';
        END IF;
        PERFORM 1 FROM communities.pairing p WHERE p.id = party.pairing_id AND p.state = 'PROPOSED' FOR SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'parties are settled' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_parties_kept';
        END IF;
        RETURN party;
      END $$;
      CREATE TRIGGER pairing_parties_kept BEFORE INSERT OR UPDATE OR DELETE ON communities.pairing_party
        FOR EACH ROW EXECUTE FUNCTION communities.keep_pairing_parties();

      -- At the end of the transaction: two parties at least, signed by all of them, and renewed only by one that is signed.
      CREATE FUNCTION communities.keep_pairing_whole() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER pairing_whole AFTER INSERT OR UPDATE ON communities.pairing
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION communities.keep_pairing_whole();
      CREATE CONSTRAINT TRIGGER pairing_party_whole_pairing AFTER INSERT OR UPDATE OR DELETE ON communities.pairing_party
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION communities.keep_pairing_whole();

      -- Commitments and exchanges are between the pairing's own parties, while it holds; none is taken away.
      CREATE FUNCTION communities.keep_pairing_work() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        parties uuid[];
      BEGIN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'what was done is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_work_kept';
        END IF;
        parties := CASE WHEN TG_TABLE_NAME = 'pairing_commitment' THEN ARRAY[(to_jsonb(NEW) ->> 'owner_id')::uuid]
          ELSE ARRAY[(to_jsonb(NEW) ->> 'from_id')::uuid, (to_jsonb(NEW) ->> 'to_id')::uuid] END;
        PERFORM 1 FROM communities.pairing p WHERE p.id = NEW.pairing_id AND p.state IN ('SIGNED', 'ACTIVE', 'DORMANT') FOR SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the pairing does not hold' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_holds';
        END IF;
        IF EXISTS (SELECT 1 FROM communities.pairing_party q WHERE q.id = ANY(parties) AND q.pairing_id <> NEW.pairing_id) THEN
          RAISE EXCEPTION 'between its own parties' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_own_parties';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER pairing_commitment_kept BEFORE INSERT OR UPDATE OR DELETE ON communities.pairing_commitment
        FOR EACH ROW EXECUTE FUNCTION communities.keep_pairing_work();
      CREATE TRIGGER pairing_exchange_kept BEFORE INSERT OR UPDATE OR DELETE ON communities.pairing_exchange
        FOR EACH ROW EXECUTE FUNCTION communities.keep_pairing_work();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE communities.pairing_exchange, communities.pairing_commitment, communities.pairing_party, communities.pairing;
      DROP FUNCTION communities.keep_pairing_order, communities.keep_pairing_parties, communities.keep_pairing_whole, communities.keep_pairing_work`);
  }
}
