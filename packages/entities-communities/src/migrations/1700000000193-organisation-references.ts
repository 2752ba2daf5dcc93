import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Every foreign key to organisation follows merges, whichever migration adds it and in whichever order they run: a text beside it that holds
 * 'organisation:<id>' is told by its check.
 */
export class OrganisationReferences1700000000193 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION communities.after_migrations() RETURNS void LANGUAGE sql AS $$
        SELECT communities.refer_to_organisation(f.conrelid, a.attname, coalesce((
            SELECT told[1] FROM pg_constraint c
            CROSS JOIN LATERAL regexp_match(pg_get_constraintdef(c.oid), '(\\w+) = COALESCE\\(.*''organisation:''::text \\|\\| ' || a.attname || '\\M') AS told
            WHERE c.conrelid = f.conrelid AND c.contype = 'c' AND told IS NOT NULL LIMIT 1), ''))
        FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
        WHERE f.contype = 'f' AND f.confrelid = 'communities.organisation'::regclass AND f.conrelid <> f.confrelid
          AND NOT EXISTS (SELECT 1 FROM communities.organisation_reference r WHERE r.relation = f.conrelid AND r.reference = a.attname)
        ORDER BY f.conrelid::regclass::text, a.attname
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP FUNCTION communities.after_migrations");
  }
}
