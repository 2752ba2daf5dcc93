import type { MigrationInterface, QueryRunner } from "typeorm";

/** Adoptions of practices are imported, and found again by an external key; two that a merge joins keep one of their keys. */
export class AdoptionImports1700000000235 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.practice_adoption
        ADD COLUMN key text CONSTRAINT practice_adoption_key_once UNIQUE,
        ADD COLUMN illustrative boolean NOT NULL DEFAULT false,
        ADD COLUMN source text;
    `);
    await runner.query(merging("key"));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(merging(null));
    await runner.query("ALTER TABLE communities.practice_adoption DROP COLUMN key, DROP COLUMN illustrative, DROP COLUMN source");
  }
}

const merging = (key: "key" | null): string => `
  CREATE OR REPLACE FUNCTION communities.merge_organisations(kept uuid, gone uuid, actor text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = communities, public, pg_temp AS $$
  DECLARE
    joined jsonb;
  BEGIN
    -- the same two, in the same order as there: what both have is then settled
    PERFORM 1 FROM organisation o WHERE o.id IN (kept, gone) ORDER BY o.id FOR UPDATE;
    WITH other AS (
      DELETE FROM practice_adoption g USING practice_adoption k
      WHERE g.organisation_id = gone AND g.ended_on IS NULL
        AND k.organisation_id = kept AND k.ended_on IS NULL AND k.practice_id = g.practice_id
      RETURNING g.practice_id, g.since, g.note${key ? ", g.key, g.source" : ""}
    ), staying AS (
      UPDATE practice_adoption k SET since = least(k.since, o.since), note = coalesce(k.note, o.note),
        ${key ? "key = coalesce(k.key, o.key), source = coalesce(k.source, o.source)," : ""} version = k.version + 1, updated_at = now()
      FROM other o WHERE k.organisation_id = kept AND k.ended_on IS NULL AND k.practice_id = o.practice_id
    )
    SELECT coalesce(jsonb_agg(to_jsonb(o)), '[]') INTO joined FROM other o;
    RETURN merge_organisation_records(kept, gone, actor) || jsonb_build_object('adoptionsJoined', joined);
  END $$;
`;
