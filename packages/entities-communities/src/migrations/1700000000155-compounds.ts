import type { MigrationInterface, QueryRunner } from "typeorm";

/** Residential compounds. */
export class Compounds1700000000155 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.compound (
        id uuid CONSTRAINT compound_pkey PRIMARY KEY,
        community_id uuid NOT NULL CONSTRAINT compound_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        name text NOT NULL,
        name_key text NOT NULL,
        kind text NOT NULL CONSTRAINT compound_kind_known CHECK (kind IN ('COMMODITY_HOUSING', 'DANWEI_ESTATE', 'RESETTLEMENT',
          'AFFORDABLE_HOUSING', 'OLD_COURTYARD', 'SELF_BUILT', 'MIXED', 'OTHER')),
        households integer CONSTRAINT compound_households_range CHECK (households BETWEEN 0 AND 1000000),
        built_year integer CONSTRAINT compound_built_year_range CHECK (built_year BETWEEN 1000 AND 2200),
        manager_id uuid CONSTRAINT compound_manager_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        manager_name text,
        illustrative boolean NOT NULL DEFAULT false,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT compound_name_once UNIQUE (community_id, name_key),
        CONSTRAINT compound_one_manager CHECK (num_nonnulls(manager_id, manager_name) <= 1)
      );
      CREATE INDEX compound_by_community ON communities.compound (community_id, name, id);
      CREATE INDEX compound_by_manager ON communities.compound (manager_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.compound");
  }
}
