import type { MigrationInterface, QueryRunner } from "typeorm";
import { ONLY_REPOINTED } from "./1700000000192-organisation-merges";

const actions = (more: string): string => `
  ALTER TABLE communities.suggestion_step DROP CONSTRAINT suggestion_step_action_known;
  ALTER TABLE communities.suggestion_step ADD CONSTRAINT suggestion_step_action_known CHECK (action IN (
    'RAISE', 'ASSIGN', 'ESCALATE', 'ANSWER', 'COMPLETE', 'ACCEPT', 'REOPEN', 'MERGE', 'WITHDRAW', 'PUBLISH', 'HIDE'${more}))`;

const ORDER = (ways: string, merging: string, repointed: string): string => `
  CREATE OR REPLACE FUNCTION communities.keep_suggestion_order() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE survivor text;
  BEGIN
    IF TG_OP = 'INSERT' THEN
      IF NEW.state <> 'RAISED' OR NEW.version <> 1 THEN
        RAISE EXCEPTION 'a suggestion begins as raised' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_step_order';
      END IF;
    ELSIF to_jsonb(NEW) - 'raised_by_issuer' - 'raised_by_subject' = to_jsonb(OLD) - 'raised_by_issuer' - 'raised_by_subject' THEN
      -- whoever raised it becomes a pseudonym when their data is erased: the voice stays
      RETURN NEW;
    ELSIF ${repointed} THEN
      -- whoever raised or holds it is the same under the id that it has now: no step of its way
      RETURN NEW;
    ELSIF NEW.version <> OLD.version + 1 OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
      ('RAISED', 'ASSIGNED'), ('RAISED', 'MERGED'), ('RAISED', 'WITHDRAWN'),
      ('ASSIGNED', 'ANSWERED'), ('ASSIGNED', 'DONE'), ('ASSIGNED', 'MERGED'), ('ASSIGNED', 'WITHDRAWN'),
      ('ANSWERED', 'DONE'), ('ANSWERED', 'ASSIGNED'), ('ANSWERED', 'MERGED'),
      ('DONE', 'ACCEPTED'), ('DONE', 'ASSIGNED')${ways}
    )) THEN
      RAISE EXCEPTION 'a suggestion goes one step at a time' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_step_order';
    END IF;
    IF NEW.state = 'MERGED' THEN
      -- of two that are merged at once, along one line, the second sees the first
      SELECT s.state INTO survivor FROM communities.suggestion s WHERE s.id = NEW.merged_into FOR NO KEY UPDATE;
      ${merging}
    END IF;
    RETURN NEW;
  END $$`;

/** A merge that was wrong can be undone, none is into what is closed, terms follow the calendar, and a survey can be where one came from. */
export class SuggestionsApart1700000000255 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${actions(", 'SEPARATE', 'RECKON'")};
      ${ORDER(
        ", ('MERGED', 'RAISED')",
        `IF (OLD.state <> 'MERGED' OR OLD.merged_into <> NEW.merged_into) AND survivor NOT IN ('RAISED', 'ASSIGNED', 'ANSWERED', 'MERGED') THEN
        RAISE EXCEPTION 'a suggestion is carried on by one that is open' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_merged_into_open';
      END IF;`,
        ONLY_REPOINTED(["assignee_organisation_id", "raiser_organisation_id"]),
      )};
      ALTER TABLE communities.suggestion ADD COLUMN survey_period_id uuid
        CONSTRAINT suggestion_survey_period_fk REFERENCES communities.survey_period ON DELETE RESTRICT;
      CREATE INDEX suggestion_by_survey_period ON communities.suggestion (survey_period_id, raised_on, id) WHERE survey_period_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE communities.suggestion DROP COLUMN survey_period_id; ${ORDER("", "", ONLY_REPOINTED(["assignee_organisation_id", "raiser_organisation_id"]))}; ${actions("")}`,
    );
  }
}
