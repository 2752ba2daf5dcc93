import type { MigrationInterface, QueryRunner } from "typeorm";

/** Columns that hold a subject, each with the table and the column that says who answers for it. */
const SUBJECTS = [
  ["contact_reading", "subject", "issuer"],
  ["membership", "granted_by", "granted_by_issuer"],
  ["membership", "revoked_by", "revoked_by_issuer"],
  ["appointment", "revoked_by", "revoked_by_issuer"],
  ["revoked_token", "revoked_by", "revoked_by_issuer"],
] as const;

/**
 * Two issuers may have subjects of one name: whoever read, granted or revoked is named with their issuer. Of older rows it is filled in
 * where the audit trail knows one issuer of the subject, and unknown where it knows several.
 */
export class SubjectIssuers1700000000210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, subject, issuer] of SUBJECTS)
      await runner.query(`
        ALTER TABLE communities.${table} ADD COLUMN ${issuer} text;
        UPDATE communities.${table} t SET ${issuer} = known.issuer
        FROM (SELECT a.subject, min(a.issuer) AS issuer FROM communities.audit_entry a
          GROUP BY a.subject HAVING count(DISTINCT a.issuer) = 1 AND count(*) FILTER (WHERE a.issuer IS NULL) = 0) AS known
        WHERE known.subject = t.${subject};
      `);
    await runner.query(`
      DROP INDEX communities.contact_reading_by_subject;
      CREATE INDEX contact_reading_by_subject ON communities.contact_reading (subject, issuer, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX communities.contact_reading_by_subject;
      CREATE INDEX contact_reading_by_subject ON communities.contact_reading (subject, id);
    `);
    for (const [table, , issuer] of SUBJECTS) await runner.query(`ALTER TABLE communities.${table} DROP COLUMN ${issuer}`);
  }
}
