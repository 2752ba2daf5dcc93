import type { MigrationInterface, QueryRunner } from "typeorm";

/** When facilities are open, by the week. */
export class OpeningHours1700000000172 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.facility
        ADD COLUMN opening_hours text[] NOT NULL DEFAULT '{}',
        ADD CONSTRAINT facility_hours_few CHECK (cardinality(opening_hours) <= 21);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE communities.facility DROP COLUMN opening_hours");
  }
}
