import type { MigrationInterface, QueryRunner } from "typeorm";

const STATES = "'RAISED', 'ASSIGNED', 'ANSWERED', 'DONE', 'ACCEPTED', 'MERGED', 'WITHDRAWN'";

/** Suggestions, the steps of their way, and the official days that its clock goes by. */
export class Suggestions1700000000160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.calendar_day (
        calendar text CONSTRAINT calendar_day_calendar_known CHECK (calendar IN ('CN', 'TW')),
        day date,
        working boolean NOT NULL,
        name text NOT NULL,
        source text,
        CONSTRAINT calendar_day_pkey PRIMARY KEY (calendar, day)
      );

      CREATE TABLE communities.suggestion (
        id uuid CONSTRAINT suggestion_pkey PRIMARY KEY,
        key text CONSTRAINT suggestion_key_once UNIQUE,
        title text NOT NULL,
        body text NOT NULL,
        topic text NOT NULL CONSTRAINT suggestion_topic_known CHECK (topic IN (
          'HEALTH', 'EDUCATION', 'SAFETY', 'TRANSPORT', 'HOUSING', 'CULTURE', 'EMPLOYMENT', 'ENVIRONMENT', 'ELDERLY_CARE', 'CHILD_CARE', 'BUSINESS', 'GOVERNANCE', 'OTHER')),
        channel text NOT NULL CONSTRAINT suggestion_channel_known CHECK (
          channel IN ('DIALOGUE', 'SURVEY', 'ONLINE', 'CLOUD_PROPOSAL', 'VISIT', 'HOTLINE', 'MEETING')),
        urgency text NOT NULL DEFAULT 'NORMAL' CONSTRAINT suggestion_urgency_known CHECK (urgency IN ('URGENT', 'NORMAL', 'COMPLEX')),
        region_code text NOT NULL CONSTRAINT suggestion_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        community_id uuid CONSTRAINT suggestion_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        event_id uuid,
        raiser_community_id uuid CONSTRAINT suggestion_raiser_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        raiser_organisation_id uuid CONSTRAINT suggestion_raiser_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        raised_by_issuer text,
        raised_by_subject text NOT NULL,
        raised_on date NOT NULL,
        state text NOT NULL DEFAULT 'RAISED' CONSTRAINT suggestion_state_known CHECK (state IN (${STATES})),
        published boolean NOT NULL DEFAULT false,
        assignee_region_code text CONSTRAINT suggestion_assignee_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        assignee_community_id uuid CONSTRAINT suggestion_assignee_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        assignee_organisation_id uuid CONSTRAINT suggestion_assignee_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        due_on date,
        answer_due_on date NOT NULL,
        decision text CONSTRAINT suggestion_decision_known CHECK (decision IN ('WILL_DO', 'EXPLAINED')),
        answer text,
        answered_on date,
        first_answered_on date,
        outcome text,
        done_on date,
        rating integer,
        rating_comment text,
        reopened integer NOT NULL DEFAULT 0,
        merged_into uuid CONSTRAINT suggestion_survivor_fk REFERENCES communities.suggestion ON DELETE RESTRICT,
        grams text[] NOT NULL,
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT suggestion_one_assignee CHECK (num_nonnulls(assignee_region_code, assignee_community_id, assignee_organisation_id) <= 1
          AND (state NOT IN ('ASSIGNED', 'ANSWERED', 'DONE', 'ACCEPTED')
            OR num_nonnulls(assignee_region_code, assignee_community_id, assignee_organisation_id) = 1)),
        CONSTRAINT suggestion_open_is_due CHECK ((state IN ('RAISED', 'ASSIGNED', 'ANSWERED')) = (due_on IS NOT NULL)),
        CONSTRAINT suggestion_answered_whole CHECK (state NOT IN ('ANSWERED', 'DONE', 'ACCEPTED')
          OR num_nonnulls(decision, answer, answered_on, first_answered_on) = 4),
        CONSTRAINT suggestion_answer_promise CHECK (state <> 'ANSWERED' OR (decision = 'WILL_DO' AND due_on >= answered_on)),
        CONSTRAINT suggestion_done_whole CHECK ((state IN ('DONE', 'ACCEPTED')) = (done_on IS NOT NULL)),
        CONSTRAINT suggestion_outcome_told CHECK (state NOT IN ('DONE', 'ACCEPTED') OR decision = 'EXPLAINED' OR outcome IS NOT NULL),
        CONSTRAINT suggestion_rating_range CHECK (rating BETWEEN 1 AND 5 AND (state = 'ACCEPTED') = (rating IS NOT NULL)),
        CONSTRAINT suggestion_merged_whole CHECK ((state = 'MERGED') = (merged_into IS NOT NULL) AND merged_into <> id),
        CONSTRAINT suggestion_one_raiser CHECK (num_nonnulls(raiser_community_id, raiser_organisation_id) <= 1),
        CONSTRAINT suggestion_days_in_order CHECK (answered_on >= raised_on AND first_answered_on >= raised_on
          AND done_on >= raised_on AND reopened >= 0)
      );
      CREATE INDEX suggestion_by_region ON communities.suggestion (region_code, raised_on, id);
      CREATE INDEX suggestion_by_community ON communities.suggestion (community_id, raised_on, id);
      CREATE INDEX suggestion_by_event ON communities.suggestion (event_id);
      CREATE INDEX suggestion_by_raiser ON communities.suggestion (raised_by_issuer, raised_by_subject, id);
      CREATE INDEX suggestion_by_raised_on ON communities.suggestion (raised_on, id);
      CREATE INDEX suggestion_by_due_on ON communities.suggestion (due_on, id) WHERE due_on IS NOT NULL;
      CREATE INDEX suggestion_by_assignee_region ON communities.suggestion (assignee_region_code);
      CREATE INDEX suggestion_by_assignee_community ON communities.suggestion (assignee_community_id);
      CREATE INDEX suggestion_by_assignee_organisation ON communities.suggestion (assignee_organisation_id);
      CREATE INDEX suggestion_by_survivor ON communities.suggestion (merged_into);
      CREATE INDEX suggestion_grams_gin ON communities.suggestion USING gin (grams);

      CREATE TABLE communities.suggestion_step (
        suggestion_id uuid CONSTRAINT suggestion_step_suggestion_fk REFERENCES communities.suggestion ON DELETE RESTRICT,
        number integer,
        action text NOT NULL CONSTRAINT suggestion_step_action_known CHECK (action IN (
          'RAISE', 'ASSIGN', 'ESCALATE', 'ANSWER', 'COMPLETE', 'ACCEPT', 'REOPEN', 'MERGE', 'WITHDRAW', 'PUBLISH', 'HIDE')),
        state text NOT NULL CONSTRAINT suggestion_step_state_known CHECK (state IN (${STATES})),
        on_date date NOT NULL,
        role text NOT NULL,
        assignee_region_code text,
        assignee_community_id uuid,
        assignee_organisation_id uuid,
        due_on date,
        note text,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT suggestion_step_pkey PRIMARY KEY (suggestion_id, number)
      );

      -- No voice lost: neither a suggestion nor a step of its way can be deleted, and no step can be rewritten.
      CREATE FUNCTION communities.keep_suggestions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'suggestions and their steps are kept' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
      END $$;
      CREATE TRIGGER suggestion_kept BEFORE DELETE ON communities.suggestion FOR EACH ROW EXECUTE FUNCTION communities.keep_suggestions();
      CREATE TRIGGER suggestion_step_kept BEFORE UPDATE OR DELETE ON communities.suggestion_step
        FOR EACH ROW EXECUTE FUNCTION communities.keep_suggestions();

      -- One way, whoever writes: it begins as raised, goes on step by step, and each step is a new version.
      CREATE FUNCTION communities.keep_suggestion_order() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          IF NEW.state <> 'RAISED' OR NEW.version <> 1 THEN
            RAISE EXCEPTION 'a suggestion begins as raised' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_step_order';
          END IF;
        ELSIF to_jsonb(NEW) - 'raised_by_issuer' - 'raised_by_subject' = to_jsonb(OLD) - 'raised_by_issuer' - 'raised_by_subject' THEN
          -- whoever raised it becomes a pseudonym when their data is erased: the voice stays
          RETURN NEW;
        ELSIF NEW.version <> OLD.version + 1 OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
          ('RAISED', 'ASSIGNED'), ('RAISED', 'MERGED'), ('RAISED', 'WITHDRAWN'),
          ('ASSIGNED', 'ANSWERED'), ('ASSIGNED', 'DONE'), ('ASSIGNED', 'MERGED'), ('ASSIGNED', 'WITHDRAWN'),
          ('ANSWERED', 'DONE'), ('ANSWERED', 'ASSIGNED'), ('ANSWERED', 'MERGED'),
          ('DONE', 'ACCEPTED'), ('DONE', 'ASSIGNED')
        )) THEN
          RAISE EXCEPTION 'a suggestion goes one step at a time' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_step_order';
        END IF;
        IF NEW.state = 'MERGED' THEN
          -- of two that are merged at once, along one line, the second sees the first
          PERFORM 1 FROM communities.suggestion s WHERE s.id = NEW.merged_into FOR NO KEY UPDATE;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER suggestion_step_order BEFORE INSERT OR UPDATE ON communities.suggestion
        FOR EACH ROW EXECUTE FUNCTION communities.keep_suggestion_order();

      -- No silent change: at the end of the transaction each version has its step. And what was merged is found in one hop.
      CREATE FUNCTION communities.keep_suggestion_history() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM communities.suggestion_step s
          WHERE s.suggestion_id = NEW.id AND s.number = NEW.version AND s.state = NEW.state) THEN
          RAISE EXCEPTION 'a change without its step' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_history_whole';
        END IF;
        IF NEW.state = 'MERGED' AND EXISTS (SELECT 1 FROM communities.suggestion s
          WHERE (s.id = NEW.merged_into AND s.state = 'MERGED') OR s.merged_into = NEW.id) THEN
          RAISE EXCEPTION 'what was merged is merged into one that was not' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_merged_once';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER suggestion_history_whole AFTER INSERT OR UPDATE ON communities.suggestion
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION communities.keep_suggestion_history();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE communities.suggestion_step, communities.suggestion, communities.calendar_day;
      DROP FUNCTION communities.keep_suggestions, communities.keep_suggestion_order, communities.keep_suggestion_history`);
  }
}
