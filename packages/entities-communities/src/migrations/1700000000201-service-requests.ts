import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Services on request inside a community. A request goes its steps in order, stays where it was raised, and once it has become an entry of a
 * round it stays that entry.
 */
export class ServiceRequests1700000000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.service_request (
        id uuid CONSTRAINT service_request_pkey PRIMARY KEY,
        key text CONSTRAINT service_request_key_once UNIQUE,
        side text NOT NULL CONSTRAINT service_request_side_known CHECK (side IN ('WISH', 'OFFER')),
        community_id uuid NOT NULL CONSTRAINT service_request_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        organisation_id uuid CONSTRAINT service_request_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        topic text NOT NULL CONSTRAINT service_request_topic_known CHECK (topic IN ('HEALTH', 'EDUCATION', 'SAFETY', 'TRANSPORT', 'HOUSING', 'CULTURE', 'EMPLOYMENT', 'ENVIRONMENT', 'ELDERLY_CARE', 'CHILD_CARE', 'BUSINESS', 'GOVERNANCE', 'OTHER')),
        title text NOT NULL,
        contact_note text,
        key_id text,
        mode text NOT NULL DEFAULT 'PUBLIC_BENEFIT' CONSTRAINT service_request_mode_known CHECK (mode IN ('PUBLIC_BENEFIT', 'MARKET')),
        price bigint,
        currency text NOT NULL DEFAULT 'CNY' CONSTRAINT service_request_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
        units integer NOT NULL DEFAULT 1 CONSTRAINT service_request_units_range CHECK (units BETWEEN 1 AND 10000),
        starts_on date,
        ends_on date,
        tags text[] NOT NULL DEFAULT '{}',
        state text NOT NULL DEFAULT 'OPEN' CONSTRAINT service_request_state_known CHECK (state IN ('OPEN', 'PASSING', 'PASSED_ON', 'DECLINED', 'WITHDRAWN')),
        reason text,
        round_id uuid,
        entry_id uuid,
        raised_by_issuer text,
        raised_by_subject text,
        raised_at timestamptz(3) NOT NULL DEFAULT now(),
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT service_request_note_sealed CHECK ((contact_note IS NULL) = (key_id IS NULL)),
        CONSTRAINT service_request_price_range CHECK (price BETWEEN 0 AND 1000000000000 AND (mode = 'MARKET' OR price IS NULL)),
        CONSTRAINT service_request_period CHECK (starts_on <= ends_on),
        CONSTRAINT service_request_carried CHECK (CASE WHEN side = 'WISH' THEN organisation_id IS NULL ELSE state <> 'PASSED_ON' OR organisation_id IS NOT NULL END),
        CONSTRAINT service_request_passed CHECK ((state IN ('PASSING', 'PASSED_ON')) = (round_id IS NOT NULL) AND (state = 'PASSED_ON') = (entry_id IS NOT NULL)),
        CONSTRAINT service_request_raiser_whole CHECK ((raised_by_issuer IS NULL) OR (raised_by_subject IS NOT NULL))
      );
      CREATE INDEX service_request_by_community ON communities.service_request (community_id, raised_at, id);
      CREATE INDEX service_request_by_key ON communities.service_request (key_id, id);
      CREATE INDEX service_request_by_organisation ON communities.service_request (organisation_id);
      CREATE INDEX service_request_by_raiser ON communities.service_request (raised_by_subject);

      SELECT communities.refer_to_organisation('communities.service_request', 'organisation_id');

      CREATE FUNCTION communities.keep_service_request() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'a request stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'service_request_kept';
        END IF;
        IF (NEW.side, NEW.community_id) IS DISTINCT FROM (OLD.side, OLD.community_id)
          OR (OLD.entry_id IS NOT NULL AND (NEW.entry_id, NEW.round_id) IS DISTINCT FROM (OLD.entry_id, OLD.round_id)) THEN
          RAISE EXCEPTION 'a request stays what it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'service_request_fixed';
        END IF;
        IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
          ('OPEN', 'PASSING'), ('PASSING', 'OPEN'), ('PASSING', 'PASSED_ON'), ('OPEN', 'PASSED_ON'), ('OPEN', 'DECLINED'), ('OPEN', 'WITHDRAWN')
        ) THEN
          RAISE EXCEPTION 'a request goes its steps in order' USING ERRCODE = 'check_violation', CONSTRAINT = 'service_request_step_order';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER service_request_kept BEFORE UPDATE OR DELETE ON communities.service_request
        FOR EACH ROW EXECUTE FUNCTION communities.keep_service_request();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.service_request; DROP FUNCTION communities.keep_service_request");
  }
}
