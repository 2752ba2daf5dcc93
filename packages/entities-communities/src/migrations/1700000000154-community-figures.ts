import type { MigrationInterface, QueryRunner } from "typeorm";

/** Counts communities by region and kind from an index alone, and finds those with a trait. */
export class CommunityFigures1700000000154 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX community_by_region_kind ON communities.community (region_code, kind);
      CREATE INDEX community_by_trait ON communities.community USING gin (traits) WHERE traits <> '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX communities.community_by_region_kind, communities.community_by_trait`);
  }
}
