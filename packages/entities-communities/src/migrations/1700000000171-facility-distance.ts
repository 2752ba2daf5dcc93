import type { MigrationInterface, QueryRunner } from "typeorm";

const distance = (kept: (degrees: string) => string): string => `
  CREATE OR REPLACE FUNCTION communities.metres_between(lon1 double precision, lat1 double precision, lon2 double precision, lat2 double precision)
    RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 2 * 6371008.8 * asin(sqrt(least(1, power(sin(radians(${kept("lat2 - lat1")}) / 2), 2)
      + cos(radians(${kept("lat1")})) * cos(radians(${kept("lat2")})) * power(sin(radians(${kept("lon2 - lon1")}) / 2), 2)))) $$`;

/**
 * PostgreSQL refuses a result too small for a double, so that two points 1e-200 degrees apart had no distance. One added and taken away
 * again leaves an angle as exact as 2e-16 degrees, and one below that is none.
 */
export class FacilityDistance1700000000171 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(distance((degrees) => `${degrees} + 1 - 1`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(distance((degrees) => degrees));
  }
}
