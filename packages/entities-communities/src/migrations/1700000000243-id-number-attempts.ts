import type { MigrationInterface, QueryRunner } from "typeorm";

/** How many different ID numbers are told about in a day is the database's to count. */
export class IdNumberAttempts1700000000243 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.id_number_attempt (
        about text NOT NULL,
        on_day date NOT NULL,
        number_index text NOT NULL,
        ordinal smallint NOT NULL,
        CONSTRAINT id_number_attempt_pkey PRIMARY KEY (about, on_day, number_index),
        CONSTRAINT id_number_attempt_limit CHECK (ordinal BETWEEN 1 AND 10)
      );
      CREATE UNIQUE INDEX id_number_attempt_once ON communities.id_number_attempt (about, on_day, ordinal);
      CREATE INDEX id_number_attempt_by_day ON communities.id_number_attempt (on_day);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.id_number_attempt");
  }
}
