import type { MigrationInterface, QueryRunner } from "typeorm";
import { MEMBERSHIP_ONCE, MEMBERSHIP_ROLE_CHECK, MEMBERSHIP_SCOPE_CHECK } from "../membership.entity";

/** Who holds which role where. */
export class Memberships1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.membership (
        id uuid CONSTRAINT membership_pkey PRIMARY KEY,
        issuer text NOT NULL,
        subject text NOT NULL,
        role text NOT NULL CONSTRAINT membership_role_known CHECK (${MEMBERSHIP_ROLE_CHECK}),
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
        CONSTRAINT membership_scope_is_place CHECK (${MEMBERSHIP_SCOPE_CHECK}),
        CONSTRAINT membership_period CHECK (ends_on >= starts_on),
        CONSTRAINT membership_revocation_whole CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
        CONSTRAINT membership_once EXCLUDE ${MEMBERSHIP_ONCE}
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
