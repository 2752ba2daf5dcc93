import type { MigrationInterface, QueryRunner } from "typeorm";

/** A facility lies in a community, or serves a street, town or district as a whole and hangs on that. */
export class FacilitiesOfRegions1700000000232 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.facility
        ALTER COLUMN community_id DROP NOT NULL,
        ADD COLUMN region_code text CONSTRAINT facility_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        ADD CONSTRAINT facility_place_one CHECK ((community_id IS NULL) <> (region_code IS NULL));
      CREATE INDEX facility_by_region ON communities.facility (region_code, name, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE communities.facility DROP COLUMN region_code, ALTER COLUMN community_id SET NOT NULL`);
  }
}
