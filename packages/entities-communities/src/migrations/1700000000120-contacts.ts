import type { MigrationInterface, QueryRunner } from "typeorm";

/** Ways to reach communities and organisations, sealed, and who has read them. */
export class Contacts1700000000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.contact (
        id uuid CONSTRAINT contact_pkey PRIMARY KEY,
        community_id uuid CONSTRAINT contact_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        organisation_id uuid CONSTRAINT contact_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        kind text NOT NULL CONSTRAINT contact_kind_known CHECK (kind IN ('PHONE', 'MOBILE', 'EMAIL', 'WECHAT', 'ADDRESS')),
        purpose text NOT NULL,
        label text,
        published boolean NOT NULL,
        value text NOT NULL,
        value_index text NOT NULL,
        key_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT contact_owner_one CHECK (num_nonnulls(community_id, organisation_id) = 1),
        CONSTRAINT contact_value_sealed CHECK (value ~ '^v1[.]' AND split_part(value, '.', 2) = key_id),
        CONSTRAINT contact_published_line CHECK (NOT published OR kind IN ('PHONE', 'EMAIL', 'ADDRESS'))
      );
      CREATE UNIQUE INDEX contact_once_in_community ON communities.contact (community_id, value_index);
      CREATE UNIQUE INDEX contact_once_in_organisation ON communities.contact (organisation_id, value_index);
      CREATE INDEX contact_by_key ON communities.contact (key_id, id);
      CREATE TABLE communities.contact_reading (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT contact_reading_pkey PRIMARY KEY,
        contact_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        subject text NOT NULL,
        role text NOT NULL,
        request_id text NOT NULL
      );
      CREATE INDEX contact_reading_by_contact ON communities.contact_reading (contact_id, id);
      CREATE INDEX contact_reading_by_subject ON communities.contact_reading (subject, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.contact_reading; DROP TABLE communities.contact");
  }
}
