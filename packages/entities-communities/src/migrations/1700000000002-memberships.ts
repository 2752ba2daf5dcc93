import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who holds which role where. */
export class Memberships1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.membership (
        id uuid CONSTRAINT membership_pkey PRIMARY KEY,
        issuer text NOT NULL,
        subject text NOT NULL,
        role text NOT NULL CONSTRAINT membership_role_known CHECK (
          role IN ('RESIDENT', 'COMMUNITY_WORKER', 'ORGANISATION_REP', 'OFFICER', 'AUDITOR', 'ADMIN', 'SERVICE')),
        scope text NOT NULL,
        region_code text CONSTRAINT membership_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        community_id uuid CONSTRAINT membership_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        organisation_id uuid CONSTRAINT membership_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        starts_on date NOT NULL,
        ends_on date,
        granted_by text NOT NULL,
        granted_at timestamptz NOT NULL DEFAULT now(),
        revoked_by text,
        revoked_at timestamptz,
        reason text,
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT membership_scope_is_place CHECK (num_nonnulls(region_code, community_id, organisation_id) <= 1
          AND scope = coalesce('region:' || region_code, 'community:' || community_id, 'organisation:' || organisation_id, '*')),
        CONSTRAINT membership_period CHECK (ends_on >= starts_on),
        CONSTRAINT membership_revocation_whole CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
        CONSTRAINT membership_once EXCLUDE USING gist (issuer WITH =, subject WITH =, role WITH =, scope WITH =,
          daterange(starts_on, ends_on, '[]') WITH &&) WHERE (revoked_at IS NULL)
      );
      CREATE INDEX membership_by_subject ON communities.membership (issuer, subject, id);
      CREATE INDEX membership_by_scope ON communities.membership (scope, id);
      CREATE INDEX membership_by_region ON communities.membership (region_code);
      CREATE INDEX membership_by_community ON communities.membership (community_id);
      CREATE INDEX membership_by_organisation ON communities.membership (organisation_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.membership");
  }
}
