import type { MigrationInterface, QueryRunner } from "typeorm";

const stamps = `version integer NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()`;

/**
 * Projects, their milestones and evaluations. What they rest on is kept whoever writes: a project begins from a signed match, or from a need that no
 * match serves; it goes one step at a time, and is completed once everything that was to be built is accepted; nothing of it is taken away.
 */
export class Projects1700000000220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE matching.match ADD CONSTRAINT match_of_need_once UNIQUE (id, need_id);
      CREATE TABLE matching.project (
        id uuid CONSTRAINT project_pkey PRIMARY KEY,
        key text CONSTRAINT project_key_once UNIQUE,
        need_id uuid NOT NULL CONSTRAINT project_need_fk REFERENCES matching.need ON DELETE RESTRICT,
        match_id uuid CONSTRAINT project_match_once UNIQUE,
        title text NOT NULL,
        description text,
        facility_id uuid,
        state text NOT NULL DEFAULT 'PLANNED'
          CONSTRAINT project_state_known CHECK (state IN ('PLANNED', 'BUILDING', 'COMPLETED', 'MAINTAINED', 'CLOSED', 'CANCELLED')),
        started_on date,
        completed_on date,
        ended_on date,
        reason text,
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        ${stamps},
        CONSTRAINT project_match_fk FOREIGN KEY (match_id, need_id) REFERENCES matching.match (id, need_id) ON DELETE RESTRICT,
        CONSTRAINT project_started CHECK (state IN ('PLANNED', 'CANCELLED') OR started_on IS NOT NULL),
        CONSTRAINT project_completed CHECK ((state IN ('COMPLETED', 'MAINTAINED', 'CLOSED')) = (completed_on IS NOT NULL)),
        CONSTRAINT project_ended CHECK ((state IN ('CLOSED', 'CANCELLED')) = (ended_on IS NOT NULL)),
        CONSTRAINT project_days CHECK (started_on <= completed_on AND COALESCE(completed_on, started_on) <= ended_on),
        CONSTRAINT project_cancelled_reason CHECK (state <> 'CANCELLED' OR reason IS NOT NULL)
      );
      CREATE INDEX project_by_need ON matching.project (need_id, title, id);
      CREATE INDEX project_by_title ON matching.project (title, id);
      CREATE INDEX project_by_facility ON matching.project (facility_id, title, id) WHERE facility_id IS NOT NULL;
      CREATE UNIQUE INDEX project_own_once ON matching.project (need_id) WHERE match_id IS NULL AND state <> 'CANCELLED';

      CREATE TABLE matching.milestone (
        id uuid CONSTRAINT milestone_pkey PRIMARY KEY,
        project_id uuid NOT NULL CONSTRAINT milestone_project_fk REFERENCES matching.project ON DELETE RESTRICT,
        phase text NOT NULL CONSTRAINT milestone_phase_known CHECK (phase IN ('PLAN', 'BUILD', 'MAINTAIN')),
        title text NOT NULL,
        due_on date NOT NULL,
        side text NOT NULL DEFAULT 'COMMUNITY' CONSTRAINT milestone_side_known CHECK (side IN ('COMMUNITY', 'ORGANISATION')),
        responsible text,
        done_on date,
        accepted_on date,
        acceptance_note text,
        ${stamps},
        CONSTRAINT milestone_accepted_when_done CHECK (accepted_on IS NULL OR (done_on IS NOT NULL AND done_on <= accepted_on))
      );
      CREATE INDEX milestone_by_project ON matching.milestone (project_id, due_on, id);

      CREATE TABLE matching.evaluation (
        id uuid CONSTRAINT evaluation_pkey PRIMARY KEY,
        project_id uuid NOT NULL CONSTRAINT evaluation_project_fk REFERENCES matching.project ON DELETE RESTRICT,
        evaluator text NOT NULL CONSTRAINT evaluation_by_known CHECK (evaluator IN ('COMMUNITY', 'ORGANISATION', 'RESIDENTS', 'OFFICE')),
        rating integer NOT NULL CONSTRAINT evaluation_rating_range CHECK (rating BETWEEN 1 AND 5),
        comment text,
        before_text text,
        after_text text,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT evaluation_by_once UNIQUE (project_id, evaluator)
      );

      -- The match, or the need, is held where it stands: neither can change between this and the end of its transaction.
      CREATE FUNCTION matching.keep_project_beginning() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE stands text;
      BEGIN
        IF NEW.state <> 'PLANNED' THEN
          RAISE EXCEPTION 'a project begins as a plan' USING ERRCODE = 'check_violation', CONSTRAINT = 'project_step_order';
        END IF;
        IF NEW.match_id IS NOT NULL THEN
          SELECT state INTO stands FROM matching.match WHERE id = NEW.match_id FOR NO KEY UPDATE;
          IF stands <> 'SIGNED' THEN
            RAISE EXCEPTION 'the match is not signed' USING ERRCODE = 'check_violation', CONSTRAINT = 'project_match_signed';
          END IF;
        ELSE
          SELECT state INTO stands FROM matching.need WHERE id = NEW.need_id FOR NO KEY UPDATE;
          IF stands <> 'OPEN' THEN
            RAISE EXCEPTION 'the need is withdrawn' USING ERRCODE = 'check_violation', CONSTRAINT = 'project_need_open';
          END IF;
          IF EXISTS (SELECT FROM matching.match WHERE need_id = NEW.need_id AND state NOT IN ('SUGGESTED', 'DECLINED', 'LAPSED')) THEN
            RAISE EXCEPTION 'a match serves the need' USING ERRCODE = 'check_violation', CONSTRAINT = 'project_need_unpromised';
          END IF;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER project_beginning BEFORE INSERT ON matching.project FOR EACH ROW EXECUTE FUNCTION matching.keep_project_beginning();

      CREATE FUNCTION matching.keep_project() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'a project stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'project_kept';
        END IF;
        IF (NEW.need_id, NEW.match_id) IS DISTINCT FROM (OLD.need_id, OLD.match_id) THEN
          RAISE EXCEPTION 'a project stays what it came from' USING ERRCODE = 'check_violation', CONSTRAINT = 'project_origin_fixed';
        END IF;
        IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
          ('PLANNED', 'BUILDING'), ('PLANNED', 'CANCELLED'), ('BUILDING', 'COMPLETED'), ('BUILDING', 'CANCELLED'),
          ('COMPLETED', 'MAINTAINED'), ('COMPLETED', 'CLOSED'), ('MAINTAINED', 'CLOSED')
        ) THEN
          RAISE EXCEPTION 'a project goes one step at a time' USING ERRCODE = 'check_violation', CONSTRAINT = 'project_step_order';
        END IF;
        -- The project's row is locked by now, and whoever writes a milestone holds it: none can come or go meanwhile.
        IF NEW.state = 'COMPLETED' AND OLD.state <> 'COMPLETED' AND NOT COALESCE(
          (SELECT bool_and(accepted_on IS NOT NULL) FROM matching.milestone WHERE project_id = NEW.id AND phase = 'BUILD'), false
        ) THEN
          RAISE EXCEPTION 'what was to be built is not accepted' USING ERRCODE = 'check_violation', CONSTRAINT = 'project_built';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER project_kept BEFORE UPDATE OR DELETE ON matching.project FOR EACH ROW EXECUTE FUNCTION matching.keep_project();

      CREATE FUNCTION matching.keep_milestone() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE stands text; joined uuid;
      BEGIN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'a milestone stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_kept';
        END IF;
        IF TG_OP = 'UPDATE' AND (OLD.accepted_on IS NOT NULL OR NEW.project_id <> OLD.project_id) THEN
          RAISE EXCEPTION 'what was accepted stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_kept';
        END IF;
        SELECT state, match_id INTO stands, joined FROM matching.project WHERE id = NEW.project_id FOR SHARE;
        IF stands IN ('CLOSED', 'CANCELLED')
          OR (NEW.phase <> 'MAINTAIN' AND stands NOT IN ('PLANNED', 'BUILDING') AND (TG_OP = 'INSERT' OR NEW.phase <> OLD.phase)) THEN
          RAISE EXCEPTION 'the project does not take this milestone now' USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_project_state';
        END IF;
        IF NEW.side = 'ORGANISATION' AND joined IS NULL THEN
          RAISE EXCEPTION 'the project has no organisation' USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_side_there';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER milestone_kept BEFORE INSERT OR UPDATE OR DELETE ON matching.milestone FOR EACH ROW EXECUTE FUNCTION matching.keep_milestone();

      CREATE FUNCTION matching.keep_evaluation() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE stands text; joined uuid;
      BEGIN
        SELECT state, match_id INTO stands, joined FROM matching.project WHERE id = NEW.project_id FOR SHARE;
        IF stands NOT IN ('COMPLETED', 'MAINTAINED', 'CLOSED') THEN
          RAISE EXCEPTION 'the project is not completed' USING ERRCODE = 'check_violation', CONSTRAINT = 'evaluation_completed';
        END IF;
        IF NEW.evaluator = 'ORGANISATION' AND joined IS NULL THEN
          RAISE EXCEPTION 'the project has no organisation' USING ERRCODE = 'check_violation', CONSTRAINT = 'evaluation_side_there';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER evaluation_after BEFORE INSERT OR UPDATE ON matching.evaluation FOR EACH ROW EXECUTE FUNCTION matching.keep_evaluation();

      -- A need that its community carries out itself is promised to nobody else, and stays in its list. match_units holds the need by now.
      CREATE FUNCTION matching.keep_own_need() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM matching.project WHERE need_id = NEW.need_id AND match_id IS NULL AND state <> 'CANCELLED') THEN
          RAISE EXCEPTION 'the community carries the need out itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_need_own';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER match_units_own BEFORE INSERT OR UPDATE OF state, need_id ON matching.match
        FOR EACH ROW WHEN (NEW.state NOT IN ('SUGGESTED', 'DECLINED', 'LAPSED')) EXECUTE FUNCTION matching.keep_own_need();

      CREATE FUNCTION matching.keep_need_of_project() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM matching.project WHERE need_id = NEW.id AND match_id IS NULL AND state <> 'CANCELLED') THEN
          RAISE EXCEPTION 'a project rests on the need' USING ERRCODE = 'check_violation', CONSTRAINT = 'need_project_kept';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER need_project_kept BEFORE UPDATE OF state ON matching.need
        FOR EACH ROW WHEN (NEW.state = 'WITHDRAWN') EXECUTE FUNCTION matching.keep_need_of_project();

      CREATE FUNCTION matching.keep_match_of_project() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM matching.project WHERE match_id = NEW.id AND state IN ('PLANNED', 'BUILDING')) THEN
          RAISE EXCEPTION 'the project is not completed' USING ERRCODE = 'check_violation', CONSTRAINT = 'match_project_unfinished';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER match_project_unfinished BEFORE UPDATE OF state ON matching.match
        FOR EACH ROW WHEN (NEW.state = 'FULFILLED' AND OLD.state <> 'FULFILLED') EXECUTE FUNCTION matching.keep_match_of_project();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER match_project_unfinished ON matching.match;
      DROP TRIGGER match_units_own ON matching.match;
      DROP TRIGGER need_project_kept ON matching.need;
      DROP TABLE matching.evaluation, matching.milestone, matching.project;
      DROP FUNCTION matching.keep_match_of_project, matching.keep_need_of_project, matching.keep_own_need, matching.keep_evaluation,
        matching.keep_milestone, matching.keep_project, matching.keep_project_beginning;
      ALTER TABLE matching.match DROP CONSTRAINT match_of_need_once;
    `);
  }
}
