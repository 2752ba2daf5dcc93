import type { MigrationInterface, QueryRunner } from "typeorm";

/** Communities from elsewhere that a round invites to its list. What stands in a list already stays in it. */
export class Guests1700000000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE matching.round
        ADD COLUMN guest_community_ids uuid[] NOT NULL DEFAULT '{}',
        ADD CONSTRAINT round_guests_few CHECK (cardinality(guest_community_ids) <= 100);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE matching.round DROP COLUMN guest_community_ids`);
  }
}
