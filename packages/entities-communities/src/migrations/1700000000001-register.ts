import { createCommonTables } from "@gongjian/database";
import type { MigrationInterface, QueryRunner } from "typeorm";
import { ORGANISATION_KINDS } from "../organisation.entity";

/** Regions, communities, organisations and population snapshots. */
export class Register1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createCommonTables(runner, "communities");
    await runner.query(`
      CREATE TABLE communities.region (
        code text CONSTRAINT region_pkey PRIMARY KEY,
        scheme text NOT NULL CONSTRAINT region_scheme_known CHECK (scheme IN ('CN_STATS', 'TW_MOI', 'GONGJIAN')),
        name text NOT NULL,
        name_key text NOT NULL,
        level text NOT NULL CONSTRAINT region_level_known CHECK (level IN ('PROVINCE', 'CITY', 'DISTRICT', 'STREET')),
        kind text NOT NULL DEFAULT 'ADMINISTRATIVE' CONSTRAINT region_kind_known CHECK (kind IN ('ADMINISTRATIVE', 'ZONE')),
        parent_code text CONSTRAINT region_parent_fk REFERENCES communities.region ON DELETE RESTRICT,
        scope_codes text[] NOT NULL DEFAULT '{}',
        search_vector tsvector NOT NULL,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX region_by_parent ON communities.region (parent_code, code);
      CREATE INDEX region_by_name_key ON communities.region (name_key);
      CREATE INDEX region_search ON communities.region USING gin (search_vector);
      CREATE INDEX region_by_scope ON communities.region USING gin (scope_codes);

      CREATE TABLE communities.region_management (
        zone_code text NOT NULL CONSTRAINT region_management_zone_fk REFERENCES communities.region ON DELETE CASCADE,
        region_code text NOT NULL CONSTRAINT region_management_region_fk REFERENCES communities.region ON DELETE CASCADE,
        CONSTRAINT region_management_pkey PRIMARY KEY (zone_code, region_code)
      );
      CREATE INDEX region_management_by_region ON communities.region_management (region_code);

      CREATE TABLE communities.community (
        id uuid CONSTRAINT community_pkey PRIMARY KEY,
        scheme text NOT NULL CONSTRAINT community_scheme_known CHECK (scheme IN ('CN_STATS', 'TW_MOI', 'GONGJIAN')),
        identifier text NOT NULL,
        name text NOT NULL,
        name_key text NOT NULL,
        kind text NOT NULL CONSTRAINT community_kind_known CHECK (kind IN ('URBAN', 'VILLAGE', 'LI')),
        region_code text NOT NULL CONSTRAINT community_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        traits text[] NOT NULL DEFAULT '{}',
        description text,
        longitude double precision,
        latitude double precision,
        search_vector tsvector NOT NULL,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT community_identifier_once UNIQUE (scheme, identifier),
        CONSTRAINT community_code_form CHECK (scheme <> 'CN_STATS' OR identifier ~ '^[0-9]{12}$'),
        CONSTRAINT community_location_whole CHECK ((longitude IS NULL) = (latitude IS NULL) AND longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90)
      );
      CREATE INDEX community_by_region ON communities.community (region_code, name, id);
      CREATE INDEX community_by_name ON communities.community (name, id);
      CREATE INDEX community_by_name_key ON communities.community (name_key);
      CREATE INDEX community_search ON communities.community USING gin (search_vector);

      CREATE TABLE communities.organisation (
        id uuid CONSTRAINT organisation_pkey PRIMARY KEY,
        key text CONSTRAINT organisation_key_once UNIQUE,
        name text NOT NULL,
        name_key text NOT NULL,
        kind text NOT NULL CONSTRAINT organisation_kind_known CHECK (kind IN (${ORGANISATION_KINDS.map((kind) => `'${kind}'`).join(", ")})),
        credit_code text CONSTRAINT organisation_credit_code_once UNIQUE
          CONSTRAINT organisation_credit_code_form CHECK (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
        region_code text CONSTRAINT organisation_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        capabilities text[] NOT NULL DEFAULT '{}',
        description text,
        illustrative boolean NOT NULL DEFAULT false,
        search_vector tsvector NOT NULL,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX organisation_by_name ON communities.organisation (name, id);
      CREATE INDEX organisation_by_name_key ON communities.organisation (name_key);
      CREATE INDEX organisation_by_region ON communities.organisation (region_code, name, id);
      CREATE INDEX organisation_search ON communities.organisation USING gin (search_vector);

      CREATE TABLE communities.population_snapshot (
        id uuid CONSTRAINT population_snapshot_pkey PRIMARY KEY,
        community_id uuid NOT NULL CONSTRAINT population_snapshot_community_fk REFERENCES communities.community ON DELETE CASCADE,
        as_of date NOT NULL,
        residents integer,
        residents_precision text NOT NULL DEFAULT 'EXACT' CONSTRAINT population_snapshot_precision_known CHECK (residents_precision IN ('EXACT', 'ABOUT', 'OVER')),
        households integer,
        compounds integer,
        ethnic_group_count integer,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT population_snapshot_once_a_day UNIQUE (community_id, as_of),
        CONSTRAINT population_snapshot_counts CHECK (residents >= 0 AND households >= 0 AND compounds >= 0 AND ethnic_group_count BETWEEN 1 AND 56)
      );

      CREATE TABLE communities.population_ethnic_group (
        snapshot_id uuid NOT NULL CONSTRAINT population_ethnic_group_snapshot_fk REFERENCES communities.population_snapshot ON DELETE CASCADE,
        code integer NOT NULL CONSTRAINT population_ethnic_group_code CHECK (code BETWEEN 1 AND 56),
        count integer CONSTRAINT population_ethnic_group_count CHECK (count >= 0),
        CONSTRAINT population_ethnic_group_pkey PRIMARY KEY (snapshot_id, code)
      );

      CREATE TABLE communities.register_part (
        register text NOT NULL,
        part text NOT NULL,
        rows integer NOT NULL,
        done_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT register_part_pkey PRIMARY KEY (register, part)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE communities.register_part, communities.population_ethnic_group, communities.population_snapshot, communities.organisation, communities.community, communities.region_management, communities.region`,
    );
  }
}
