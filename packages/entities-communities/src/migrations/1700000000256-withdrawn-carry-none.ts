import type { MigrationInterface, QueryRunner } from "typeorm";

const HISTORY = (more: string): string => `
  CREATE OR REPLACE FUNCTION communities.keep_suggestion_history() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM communities.suggestion_step s
      WHERE s.suggestion_id = NEW.id AND s.number = NEW.version AND s.state = NEW.state) THEN
      RAISE EXCEPTION 'a change without its step' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_history_whole';
    END IF;
    IF NEW.state = 'MERGED' AND EXISTS (SELECT 1 FROM communities.suggestion s
      WHERE (s.id = NEW.merged_into AND s.state = 'MERGED') OR s.merged_into = NEW.id) THEN
      RAISE EXCEPTION 'what was merged is merged into one that was not' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_merged_once';
    END IF;${more}
    RETURN NULL;
  END $$`;

/** Whoever takes their suggestion back takes nobody else's with it. */
export class WithdrawnCarryNone1700000000256 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      HISTORY(`
    IF NEW.state = 'WITHDRAWN' AND EXISTS (SELECT 1 FROM communities.suggestion s WHERE s.merged_into = NEW.id) THEN
      RAISE EXCEPTION 'what was taken back carries none on' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_withdrawn_alone';
    END IF;`),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(HISTORY(""));
  }
}
