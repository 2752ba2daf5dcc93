import type { MigrationInterface, QueryRunner } from "typeorm";

const PRECISE = "IN ('EXACT', 'ABOUT', 'OVER')";

/** Teams of residents, and the record of what they do. */
export class Teams1700000000142 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.team (
        organisation_id uuid CONSTRAINT team_pkey PRIMARY KEY
          CONSTRAINT team_organisation_fk REFERENCES communities.organisation ON DELETE CASCADE,
        community_id uuid CONSTRAINT team_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        members integer CONSTRAINT team_members_range CHECK (members >= 0),
        members_precision text NOT NULL DEFAULT 'EXACT' CONSTRAINT team_members_precision_known CHECK (members_precision ${PRECISE}),
        composition text[] NOT NULL DEFAULT '{}',
        services text[] NOT NULL DEFAULT '{}',
        venue text,
        founded_first date,
        founded_last date,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT team_founded CHECK (communities.is_partial_date(founded_first, founded_last))
      );
      CREATE INDEX team_by_community ON communities.team (community_id, organisation_id);

      -- Only a team of residents is one, whichever of the two is written second.
      CREATE FUNCTION communities.keep_team_kind() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_TABLE_NAME = 'team' THEN
          PERFORM 1 FROM communities.organisation o WHERE o.id = NEW.organisation_id AND o.kind = 'RESIDENT_TEAM' FOR SHARE;
          IF NOT FOUND THEN
            RAISE EXCEPTION 'only a team of residents is one' USING ERRCODE = 'check_violation', CONSTRAINT = 'team_of_residents';
          END IF;
        ELSIF NEW.kind <> 'RESIDENT_TEAM' AND EXISTS (SELECT 1 FROM communities.team t WHERE t.organisation_id = NEW.id) THEN
          RAISE EXCEPTION 'a team of residents stays one' USING ERRCODE = 'check_violation', CONSTRAINT = 'team_of_residents';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER team_of_residents BEFORE INSERT OR UPDATE ON communities.team FOR EACH ROW EXECUTE FUNCTION communities.keep_team_kind();
      CREATE TRIGGER team_of_residents BEFORE UPDATE OF kind ON communities.organisation FOR EACH ROW
        WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION communities.keep_team_kind();

      CREATE TABLE communities.team_activity (
        id uuid CONSTRAINT team_activity_pkey PRIMARY KEY,
        key text CONSTRAINT team_activity_key_once UNIQUE,
        organisation_id uuid NOT NULL CONSTRAINT team_activity_organisation_fk REFERENCES communities.organisation ON DELETE CASCADE,
        kind text NOT NULL CONSTRAINT team_activity_kind_known CHECK (
          kind IN ('SHOW', 'COURSE', 'TRAINING', 'SERVICE', 'EXHIBITION', 'GUIDED_TOUR', 'OTHER')),
        title text NOT NULL,
        held_first date,
        held_last date,
        as_of date NOT NULL,
        times integer NOT NULL DEFAULT 1,
        times_precision text NOT NULL DEFAULT 'EXACT',
        participants integer,
        participants_precision text NOT NULL DEFAULT 'EXACT',
        certified integer,
        certified_precision text NOT NULL DEFAULT 'EXACT',
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT team_activity_counts CHECK (times >= 1 AND participants >= 0 AND certified >= 0),
        CONSTRAINT team_activity_precision_known CHECK (times_precision ${PRECISE} AND participants_precision ${PRECISE} AND certified_precision ${PRECISE}),
        CONSTRAINT team_activity_dates CHECK (communities.is_partial_date(held_first, held_last))
      );
      CREATE INDEX team_activity_by_organisation ON communities.team_activity (organisation_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER team_of_residents ON communities.organisation;
      DROP TABLE communities.team_activity, communities.team; DROP FUNCTION communities.keep_team_kind`);
  }
}
