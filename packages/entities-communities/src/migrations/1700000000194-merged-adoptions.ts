import type { MigrationInterface, QueryRunner } from "typeorm";

/** Of one practice that both records have adopted, one adoption goes on, since the earlier day. */
export class MergedAdoptions1700000000194 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER FUNCTION communities.merge_organisations RENAME TO merge_organisation_records;
      CREATE FUNCTION communities.merge_organisations(kept uuid, gone uuid, actor text) RETURNS jsonb
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
          RETURNING g.practice_id, g.since, g.note
        ), staying AS (
          UPDATE practice_adoption k SET since = least(k.since, o.since), note = coalesce(k.note, o.note), version = k.version + 1, updated_at = now()
          FROM other o WHERE k.organisation_id = kept AND k.ended_on IS NULL AND k.practice_id = o.practice_id
        )
        SELECT coalesce(jsonb_agg(to_jsonb(o)), '[]') INTO joined FROM other o;
        RETURN merge_organisation_records(kept, gone, actor) || jsonb_build_object('adoptionsJoined', joined);
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION communities.merge_organisations;
      ALTER FUNCTION communities.merge_organisation_records RENAME TO merge_organisations;
    `);
  }
}
