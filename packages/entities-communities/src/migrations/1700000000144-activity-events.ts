import type { MigrationInterface, QueryRunner } from "typeorm";

/** At which event a team did what its record speaks of. */
export class ActivityEvents1700000000144 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.team_activity ADD COLUMN event_id uuid;
      CREATE INDEX team_activity_by_event ON communities.team_activity (event_id, as_of, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX communities.team_activity_by_event;
      ALTER TABLE communities.team_activity DROP COLUMN event_id`);
  }
}
