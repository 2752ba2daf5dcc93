import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Which counts of ethnic groups are left out is decided when they are written, and the database shows no small one. Of what was written
 * before, every count of a community that has a small one is left out: what has been left out once stays out.
 */
export class WithheldCounts1700000000236 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.population_ethnic_group ADD COLUMN withheld boolean;
      UPDATE communities.population_ethnic_group g SET withheld = coalesce(g.count > 0, false) AND EXISTS (
        SELECT 1 FROM communities.population_snapshot p
        JOIN communities.population_snapshot other ON other.community_id = p.community_id
        JOIN communities.population_ethnic_group small ON small.snapshot_id = other.id AND small.count BETWEEN 1 AND 9
        WHERE p.id = g.snapshot_id);
      ALTER TABLE communities.population_ethnic_group ALTER COLUMN withheld SET NOT NULL;
      ALTER TABLE communities.population_ethnic_group ADD CONSTRAINT population_ethnic_group_small_withheld
        CHECK (CASE WHEN count BETWEEN 1 AND 9 THEN withheld WHEN count > 0 THEN true ELSE NOT withheld END);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE communities.population_ethnic_group DROP COLUMN withheld");
  }
}
