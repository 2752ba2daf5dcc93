import type { MigrationInterface, QueryRunner } from "typeorm";

const BEFORE = `'SERVICE_CENTRE', 'ELDERLY_CANTEEN', 'CLINIC', 'SCHOOL', 'KINDERGARTEN', 'MARKET', 'CULTURE_ROOM', 'SPORTS_GROUND', 'LIBRARY', 'MUSEUM',
  'PARK', 'BUS_STOP', 'OTHER'`;
const ADDED = `'NURSING_HOME', 'ELDERLY_DAY_CARE', 'PHARMACY', 'SHOP', 'RESTAURANT', 'BANK', 'POST_OFFICE', 'TELECOM_SHOP', 'POLICE_STATION', 'FIRE_STATION', 'JUDICIAL_OFFICE', 'PUBLIC_TOILET', 'WASTE_STATION', 'RECYCLING_POINT', 'METRO_STATION', 'CAR_PARK', 'BICYCLE_PARKING'`;
const TABLES = ["facility", "facility_event", "facility_change"];

const known = (categories: string): string =>
  TABLES.map(
    (table) => `ALTER TABLE communities.${table} DROP CONSTRAINT ${table}_category_known,
      ADD CONSTRAINT ${table}_category_known CHECK (category IN (${categories}));`,
  ).join("\n");

/** What GB 50180-2018 counts among the facilities of living circles, and there was no category for. */
export class FacilityCategories1700000000233 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(known(`${BEFORE}, ${ADDED}`));
  }

  /** Fails while there are records of the categories that it takes away. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(known(BEFORE));
  }
}
