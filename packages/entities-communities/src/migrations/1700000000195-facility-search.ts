import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Facilities are found by name and by what they were before. Those entered before this are found by the beginning of their name until they are
 * next changed: their readings are not known here. Their history is not touched.
 */
export class FacilitySearch1700000000195 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.facility ADD COLUMN name_key text, ADD COLUMN search_vector tsvector;
      ALTER TABLE communities.facility DISABLE TRIGGER USER;
      UPDATE communities.facility SET name_key = lower(name), search_vector = '';
      ALTER TABLE communities.facility ENABLE TRIGGER USER;
      ALTER TABLE communities.facility ALTER COLUMN name_key SET NOT NULL, ALTER COLUMN search_vector SET NOT NULL;
      CREATE INDEX facility_by_name_key ON communities.facility (name_key);
      CREATE INDEX facility_search ON communities.facility USING gin (search_vector);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE communities.facility DROP COLUMN name_key, DROP COLUMN search_vector");
  }
}
