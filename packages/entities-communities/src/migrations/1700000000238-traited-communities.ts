import type { MigrationInterface, QueryRunner } from "typeorm";

/** Counts the communities of a region that have traits without looking at those that have none. */
export class TraitedCommunities1700000000238 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("CREATE INDEX community_traited ON communities.community (region_code) WHERE traits <> '{}'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP INDEX communities.community_traited");
  }
}
