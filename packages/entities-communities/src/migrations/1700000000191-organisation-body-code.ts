import type { MigrationInterface, QueryRunner } from "typeorm";

/** Finds organisations by the body's own code within the credit code (characters 9 to 17), by which duplicates are told. */
export class OrganisationBodyCode1700000000191 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX organisation_by_body_code ON communities.organisation (substr(credit_code, 9, 9))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX communities.organisation_by_body_code`);
  }
}
