import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What a facility was before it became what it is, from when to when. The periods of one facility do not overlap. The log is never rewritten:
 * an entry that corrects another takes its place, and what was corrected or withdrawn counts no longer.
 */
export class FacilityChanges1700000000231 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.facility_change (
        id uuid CONSTRAINT facility_change_pkey PRIMARY KEY,
        facility_id uuid NOT NULL CONSTRAINT facility_change_facility_fk REFERENCES communities.facility ON DELETE RESTRICT,
        was text NOT NULL,
        category text CONSTRAINT facility_change_category_known CHECK (category IN ('SERVICE_CENTRE', 'ELDERLY_CANTEEN', 'CLINIC', 'SCHOOL',
          'KINDERGARTEN', 'MARKET', 'CULTURE_ROOM', 'SPORTS_GROUND', 'LIBRARY', 'MUSEUM', 'PARK', 'BUS_STOP', 'OTHER')),
        since date,
        until date NOT NULL,
        note text,
        source text,
        corrects_id uuid CONSTRAINT facility_change_corrects_fk REFERENCES communities.facility_change ON DELETE RESTRICT,
        withdrawn boolean NOT NULL DEFAULT false,
        correction_reason text,
        superseded boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT facility_change_period CHECK (since < until),
        CONSTRAINT facility_change_corrected_once UNIQUE (corrects_id),
        CONSTRAINT facility_change_correction_whole CHECK (corrects_id <> id AND (corrects_id IS NULL) = (correction_reason IS NULL)
          AND (corrects_id IS NOT NULL OR NOT withdrawn)),
        CONSTRAINT facility_change_apart EXCLUDE USING gist (facility_id WITH =, daterange(since, until) WITH &&)
          WHERE (NOT superseded AND NOT withdrawn)
      );
      CREATE INDEX facility_change_by_facility ON communities.facility_change (facility_id, until, id);

      CREATE FUNCTION communities.keep_facility_changes() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          IF NEW.superseded THEN
            RAISE EXCEPTION 'a new entry counts' USING ERRCODE = 'check_violation', CONSTRAINT = 'facility_change_kept';
          END IF;
          IF NEW.corrects_id IS NOT NULL THEN
            UPDATE communities.facility_change SET superseded = true
              WHERE id = NEW.corrects_id AND facility_id = NEW.facility_id AND NOT superseded;
            IF NOT FOUND THEN
              RAISE EXCEPTION 'corrected already, or of another facility' USING ERRCODE = 'unique_violation',
                CONSTRAINT = 'facility_change_corrected_once';
            END IF;
          END IF;
          RETURN NEW;
        END IF;
        -- within another trigger: the one above, for the entry that a new one corrects
        IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND NOT OLD.superseded AND NEW.superseded
          AND to_jsonb(OLD) - 'superseded' = to_jsonb(NEW) - 'superseded' THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the log is corrected, never rewritten' USING ERRCODE = 'check_violation', CONSTRAINT = 'facility_change_kept';
      END $$;
      CREATE TRIGGER facility_change_kept BEFORE INSERT OR UPDATE OR DELETE ON communities.facility_change
        FOR EACH ROW EXECUTE FUNCTION communities.keep_facility_changes();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE communities.facility_change; DROP FUNCTION communities.keep_facility_changes");
  }
}
