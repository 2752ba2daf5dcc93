import type { MigrationInterface, QueryRunner } from "typeorm";

/** Practices, and who adopted them. */
export class Practices1700000000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.practice (
        id uuid CONSTRAINT practice_pkey PRIMARY KEY,
        key text CONSTRAINT practice_key_once UNIQUE,
        name text NOT NULL,
        name_key text NOT NULL,
        kind text NOT NULL CONSTRAINT practice_kind_known CHECK (kind IN ('GOVERNANCE_MODEL', 'BRAND', 'CASE', 'PROJECT', 'SERVICE_MODEL', 'OTHER')),
        place text NOT NULL,
        region_code text CONSTRAINT practice_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        community_id uuid CONSTRAINT practice_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        organisation_id uuid CONSTRAINT practice_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        summary text,
        parts jsonb NOT NULL DEFAULT '[]' CONSTRAINT practice_parts_list CHECK (jsonb_typeof(parts) = 'array'),
        event_ids uuid[] NOT NULL DEFAULT '{}',
        illustrative boolean NOT NULL DEFAULT false,
        search_vector tsvector NOT NULL,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT practice_name_once UNIQUE (place, name_key),
        CONSTRAINT practice_place_whole CHECK (num_nonnulls(region_code, community_id, organisation_id) = 1
          AND place = coalesce('region:' || region_code, 'community:' || community_id, 'organisation:' || organisation_id))
      );
      CREATE INDEX practice_by_name ON communities.practice (name, id);
      CREATE INDEX practice_by_name_key ON communities.practice (name_key);
      CREATE INDEX practice_by_region ON communities.practice (region_code, name, id);
      CREATE INDEX practice_by_community ON communities.practice (community_id, name, id);
      CREATE INDEX practice_by_organisation ON communities.practice (organisation_id, name, id);
      CREATE INDEX practice_by_event ON communities.practice USING gin (event_ids);
      CREATE INDEX practice_search ON communities.practice USING gin (search_vector);

      CREATE TABLE communities.practice_adoption (
        id uuid CONSTRAINT practice_adoption_pkey PRIMARY KEY,
        practice_id uuid NOT NULL CONSTRAINT practice_adoption_practice_fk REFERENCES communities.practice ON DELETE RESTRICT,
        place text NOT NULL,
        community_id uuid CONSTRAINT practice_adoption_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        organisation_id uuid CONSTRAINT practice_adoption_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        since date NOT NULL,
        ended_on date,
        note text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT practice_adoption_period CHECK (ended_on >= since),
        CONSTRAINT practice_adoption_place_whole CHECK (num_nonnulls(community_id, organisation_id) = 1
          AND place = coalesce('community:' || community_id, 'organisation:' || organisation_id))
      );
      -- One adoption at a time of one practice by one place.
      CREATE UNIQUE INDEX practice_adoption_once ON communities.practice_adoption (practice_id, place) WHERE (ended_on IS NULL);
      CREATE INDEX practice_adoption_by_practice ON communities.practice_adoption (practice_id, since, id);
      CREATE INDEX practice_adoption_by_community ON communities.practice_adoption (community_id, since, id);
      CREATE INDEX practice_adoption_by_organisation ON communities.practice_adoption (organisation_id, since, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.practice_adoption, communities.practice");
  }
}
