import type { MigrationInterface, QueryRunner } from "typeorm";

/** Honours of communities, organisations and practices. */
export class Honours1700000000151 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.honour (
        id uuid CONSTRAINT honour_pkey PRIMARY KEY,
        key text CONSTRAINT honour_key_once UNIQUE,
        title text NOT NULL,
        title_key text NOT NULL,
        year integer NOT NULL CONSTRAINT honour_year_range CHECK (year BETWEEN 1900 AND 2200),
        level text NOT NULL CONSTRAINT honour_level_known CHECK (level IN ('INTERNATIONAL', 'NATIONAL', 'PROVINCIAL', 'MUNICIPAL', 'DISTRICT',
          'STREET', 'OTHER')),
        place text NOT NULL,
        community_id uuid CONSTRAINT honour_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        organisation_id uuid CONSTRAINT honour_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        practice_id uuid CONSTRAINT honour_practice_fk REFERENCES communities.practice ON DELETE RESTRICT,
        awarder_id uuid CONSTRAINT honour_awarder_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        awarder_name text,
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT honour_once UNIQUE (place, title_key, year),
        CONSTRAINT honour_one_holder CHECK (num_nonnulls(community_id, organisation_id, practice_id) = 1
          AND place = coalesce('community:' || community_id, 'organisation:' || organisation_id, 'practice:' || practice_id)),
        CONSTRAINT honour_one_awarder CHECK (num_nonnulls(awarder_id, awarder_name) = 1)
      );
      CREATE INDEX honour_by_year ON communities.honour (year, id);
      CREATE INDEX honour_by_community ON communities.honour (community_id, year, id);
      CREATE INDEX honour_by_organisation ON communities.honour (organisation_id, year, id);
      CREATE INDEX honour_by_practice ON communities.honour (practice_id, year, id);
      CREATE INDEX honour_by_awarder ON communities.honour (awarder_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.honour");
  }
}
