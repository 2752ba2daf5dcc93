import type { MigrationInterface, QueryRunner } from "typeorm";

const sealed = (column: string): string => `CHECK (${column} ~ '^v1[.]' AND split_part(${column}, '.', 2) = key_id)`;

/** Who people are, sealed; and what was erased. */
export class PersonalData1700000000121 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.personal_record (
        id uuid CONSTRAINT personal_record_pkey PRIMARY KEY,
        issuer text NOT NULL,
        subject text NOT NULL,
        community_id uuid CONSTRAINT personal_record_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        name text NOT NULL,
        id_number text NOT NULL,
        id_number_index text NOT NULL,
        mobile text,
        mobile_index text,
        key_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT personal_record_name_sealed ${sealed("name")},
        CONSTRAINT personal_record_id_number_sealed ${sealed("id_number")},
        CONSTRAINT personal_record_mobile_sealed ${sealed("mobile")}
      );
      CREATE UNIQUE INDEX personal_record_once ON communities.personal_record (issuer, subject);
      CREATE UNIQUE INDEX personal_record_id_number_once ON communities.personal_record (id_number_index);
      CREATE INDEX personal_record_by_community ON communities.personal_record (community_id, id);
      CREATE INDEX personal_record_by_key ON communities.personal_record (key_id, id);
      CREATE TABLE communities.erasure (
        id uuid CONSTRAINT erasure_pkey PRIMARY KEY,
        subject_index text NOT NULL,
        pseudonym text NOT NULL,
        by text NOT NULL,
        reason text,
        at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX erasure_by_subject ON communities.erasure (subject_index);
      CREATE UNIQUE INDEX erasure_pseudonym_once ON communities.erasure (pseudonym);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.erasure; DROP TABLE communities.personal_record");
  }
}
