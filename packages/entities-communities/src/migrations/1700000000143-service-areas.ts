import type { MigrationInterface, QueryRunner } from "typeorm";

/** Where organisations serve. */
export class ServiceAreas1700000000143 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.service_area (
        organisation_id uuid CONSTRAINT service_area_organisation_fk REFERENCES communities.organisation ON DELETE CASCADE,
        place text,
        region_code text CONSTRAINT service_area_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        community_id uuid CONSTRAINT service_area_community_fk REFERENCES communities.community ON DELETE CASCADE,
        CONSTRAINT service_area_pkey PRIMARY KEY (organisation_id, place),
        CONSTRAINT service_area_place_whole CHECK (num_nonnulls(region_code, community_id) = 1
          AND place = coalesce('region:' || region_code, 'community:' || community_id))
      );
      CREATE INDEX service_area_by_region ON communities.service_area (region_code);
      CREATE INDEX service_area_by_community ON communities.service_area (community_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.service_area");
  }
}
