import type { MigrationInterface, QueryRunner } from "typeorm";

const DAY = "(Mo|Tu|We|Th|Fr|Sa|Su)";
const DAYS = `${DAY}(-${DAY})?`;
const RULE = `^${DAYS}(,${DAYS})* ([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$`;

/**
 * The minutes of the week at which a facility is open, so that lists can be asked for what is open: kept by a trigger beside the rules that
 * they follow from, which refuses rules that are none and rules that overlap, whoever writes them.
 */
export class OpenMinutes1700000000230 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Minutes from Monday 00:00, 0 to 10,079. A time that ends at or before its beginning ends the next day; Sunday's goes on on Monday.
      CREATE FUNCTION communities.opening_minutes(rules text[]) RETURNS int4multirange LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
      DECLARE
        days CONSTANT text[] := ARRAY['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
        minutes int4multirange := '{}';
        span int4multirange;
        rule text;
        part text;
        opens integer;
        long integer;
        first integer;
        last integer;
        begins integer;
      BEGIN
        FOREACH rule IN ARRAY rules LOOP
          last := 0;
          IF rule IS NULL OR rule !~ '${RULE}' OR right(rule, 5) IN ('00:00', left(right(rule, 11), 5)) THEN
            RAISE EXCEPTION 'no time of the week' USING ERRCODE = 'check_violation', TABLE = 'facility', CONSTRAINT = 'facility_hours_format';
          END IF;
          opens := left(right(rule, 11), 2)::integer * 60 + left(right(rule, 8), 2)::integer;
          long := left(right(rule, 5), 2)::integer * 60 + right(rule, 2)::integer - opens;
          IF long < 0 THEN long := long + 1440; END IF;
          FOREACH part IN ARRAY string_to_array(left(rule, length(rule) - 12), ',') LOOP
            first := array_position(days, left(part, 2));
            IF first <= last OR (length(part) > 2 AND array_position(days, right(part, 2)) <= first) THEN
              RAISE EXCEPTION 'the days are not in order' USING ERRCODE = 'check_violation', TABLE = 'facility', CONSTRAINT = 'facility_hours_format';
            END IF;
            last := array_position(days, right(part, 2));
            FOR day IN first..last LOOP
              begins := (day - 1) * 1440 + opens;
              span := CASE WHEN begins + long <= 10080 THEN int4multirange(int4range(begins, begins + long))
                ELSE int4multirange(int4range(begins, 10080), int4range(0, begins + long - 10080)) END;
              IF span && minutes THEN
                RAISE EXCEPTION 'open then already' USING ERRCODE = 'check_violation', TABLE = 'facility', CONSTRAINT = 'facility_hours_overlap';
              END IF;
              minutes := minutes + span;
            END LOOP;
          END LOOP;
        END LOOP;
        RETURN minutes;
      END $$;

      ALTER TABLE communities.facility ADD COLUMN open_minutes int4multirange NOT NULL DEFAULT '{}';
      ALTER TABLE communities.facility DISABLE TRIGGER USER;
      UPDATE communities.facility SET open_minutes = communities.opening_minutes(opening_hours) WHERE opening_hours <> '{}';
      ALTER TABLE communities.facility ENABLE TRIGGER USER;

      CREATE FUNCTION communities.keep_open_minutes() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.open_minutes := communities.opening_minutes(NEW.opening_hours);
        RETURN NEW;
      END $$;
      CREATE TRIGGER facility_open_minutes BEFORE INSERT OR UPDATE OF opening_hours, open_minutes ON communities.facility
        FOR EACH ROW EXECUTE FUNCTION communities.keep_open_minutes();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER facility_open_minutes ON communities.facility;
      ALTER TABLE communities.facility DROP COLUMN open_minutes;
      DROP FUNCTION communities.keep_open_minutes, communities.opening_minutes`);
  }
}
