import type { MigrationInterface, QueryRunner } from "typeorm";

/** The suggestion that a need grew from: the first step of the way from a resident's words to a judged project. */
export class OriginOfNeeds1700000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE matching.need ADD COLUMN origin_suggestion_id uuid;
      CREATE INDEX need_by_origin ON matching.need (origin_suggestion_id, title, id) WHERE origin_suggestion_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE matching.need DROP COLUMN origin_suggestion_id`);
  }
}
