import type { MigrationInterface, QueryRunner } from "typeorm";

const FIELDS = `'HEALTH', 'EDUCATION', 'SAFETY', 'TRANSPORT', 'HOUSING', 'CULTURE', 'EMPLOYMENT', 'ENVIRONMENT', 'ELDERLY_CARE', 'CHILD_CARE', 'BUSINESS', 'GOVERNANCE', 'OTHER'`;

/** Surveys held again and again, and the card of services that follows from them. */
export class Surveys1700000000180 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.survey (
        id uuid CONSTRAINT survey_pkey PRIMARY KEY,
        key text CONSTRAINT survey_key_once UNIQUE,
        title text NOT NULL,
        region_code text NOT NULL CONSTRAINT survey_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        community_id uuid CONSTRAINT survey_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        questionnaire integer NOT NULL DEFAULT 1,
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX survey_by_region ON communities.survey (region_code, id);
      CREATE INDEX survey_by_community ON communities.survey (community_id);

      CREATE TABLE communities.survey_question (
        survey_id uuid CONSTRAINT survey_question_survey_fk REFERENCES communities.survey ON DELETE RESTRICT,
        questionnaire integer,
        position integer,
        field text NOT NULL CONSTRAINT survey_question_field_known CHECK (field IN (${FIELDS})),
        kind text NOT NULL CONSTRAINT survey_question_kind_known CHECK (kind IN ('RATING', 'YES_NO')),
        text text NOT NULL,
        CONSTRAINT survey_question_pkey PRIMARY KEY (survey_id, questionnaire, position),
        CONSTRAINT survey_question_range CHECK (questionnaire >= 1 AND position BETWEEN 1 AND 50)
      );

      CREATE TABLE communities.survey_period (
        id uuid CONSTRAINT survey_period_pkey PRIMARY KEY,
        survey_id uuid NOT NULL CONSTRAINT survey_period_survey_fk REFERENCES communities.survey ON DELETE RESTRICT,
        questionnaire integer NOT NULL,
        name text NOT NULL,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        closed_on date,
        salt bytea,
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT survey_period_name_once UNIQUE (survey_id, name),
        CONSTRAINT survey_period_days CHECK (ends_on >= starts_on),
        CONSTRAINT survey_period_closed_whole CHECK ((closed_on IS NULL) = (salt IS NOT NULL)),
        CONSTRAINT survey_period_apart EXCLUDE USING gist (survey_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&)
      );
      CREATE INDEX survey_period_by_survey ON communities.survey_period (survey_id, starts_on, id);

      CREATE TABLE communities.survey_response (
        period_id uuid CONSTRAINT survey_response_period_fk REFERENCES communities.survey_period ON DELETE RESTRICT,
        respondent text,
        community_id uuid NOT NULL CONSTRAINT survey_response_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        answers integer[] NOT NULL,
        CONSTRAINT survey_response_pkey PRIMARY KEY (period_id, respondent)
      );
      CREATE INDEX survey_response_by_community ON communities.survey_response (community_id, period_id);

      CREATE TABLE communities.service_contact (
        id uuid CONSTRAINT service_contact_pkey PRIMARY KEY,
        community_id uuid NOT NULL CONSTRAINT service_contact_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        key text NOT NULL,
        position integer NOT NULL,
        field text NOT NULL CONSTRAINT service_contact_field_known CHECK (field IN (${FIELDS})),
        title text NOT NULL,
        organisation_id uuid CONSTRAINT service_contact_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        line text,
        place text,
        hours text,
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT service_contact_key_once UNIQUE (community_id, key)
      );
      CREATE INDEX service_contact_by_community ON communities.service_contact (community_id, position, id);

      -- What was asked stays what was answered, and a closed period stays closed: nothing more comes in, nothing is taken out.
      CREATE FUNCTION communities.keep_survey_questions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'questions and responses are kept' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
      END $$;
      CREATE TRIGGER survey_question_kept BEFORE UPDATE OR DELETE ON communities.survey_question
        FOR EACH ROW EXECUTE FUNCTION communities.keep_survey_questions();
      CREATE TRIGGER survey_response_kept BEFORE UPDATE OR DELETE ON communities.survey_response
        FOR EACH ROW EXECUTE FUNCTION communities.keep_survey_questions();

      CREATE FUNCTION communities.keep_survey_periods() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.closed_on IS NOT NULL OR NEW.survey_id <> OLD.survey_id OR NEW.questionnaire <> OLD.questionnaire THEN
          RAISE EXCEPTION 'a closed period stays as it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'survey_period_kept';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER survey_period_kept BEFORE UPDATE ON communities.survey_period
        FOR EACH ROW EXECUTE FUNCTION communities.keep_survey_periods();

      CREATE FUNCTION communities.keep_survey_responses() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE open boolean; asked integer;
      BEGIN
        -- the lock makes closing wait for those who answer, and those who come later see it closed
        SELECT p.closed_on IS NULL, (SELECT count(*) FROM communities.survey_question q WHERE q.survey_id = p.survey_id AND q.questionnaire = p.questionnaire)
          INTO open, asked FROM communities.survey_period p WHERE p.id = NEW.period_id FOR SHARE OF p;
        IF NOT open THEN
          RAISE EXCEPTION 'the period is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'survey_response_period_open';
        END IF;
        IF cardinality(NEW.answers) <> asked THEN
          RAISE EXCEPTION 'one answer a question' USING ERRCODE = 'check_violation', CONSTRAINT = 'survey_response_whole';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER survey_response_period_open BEFORE INSERT ON communities.survey_response
        FOR EACH ROW EXECUTE FUNCTION communities.keep_survey_responses();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE communities.service_contact, communities.survey_response, communities.survey_period,
        communities.survey_question, communities.survey;
      DROP FUNCTION communities.keep_survey_questions, communities.keep_survey_periods, communities.keep_survey_responses`);
  }
}
