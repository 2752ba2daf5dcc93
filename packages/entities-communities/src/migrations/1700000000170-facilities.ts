import type { MigrationInterface, QueryRunner } from "typeorm";

const CATEGORY = `category IN ('SERVICE_CENTRE', 'ELDERLY_CANTEEN', 'CLINIC', 'SCHOOL', 'KINDERGARTEN', 'MARKET', 'CULTURE_ROOM', 'SPORTS_GROUND',
  'LIBRARY', 'MUSEUM', 'PARK', 'BUS_STOP', 'OTHER')`;
const STATE = "state IN ('PLANNED', 'BUILDING', 'OPEN', 'CLOSED')";

/** Facilities, what they were before, and the distance between two points. */
export class Facilities1700000000170 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.facility (
        id uuid CONSTRAINT facility_pkey PRIMARY KEY,
        key text NOT NULL CONSTRAINT facility_key_once UNIQUE,
        name text NOT NULL,
        category text NOT NULL CONSTRAINT facility_category_known CHECK (${CATEGORY}),
        state text NOT NULL CONSTRAINT facility_state_known CHECK (${STATE}),
        community_id uuid NOT NULL CONSTRAINT facility_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        operator_id uuid CONSTRAINT facility_operator_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        longitude double precision,
        latitude double precision,
        address text,
        capacity integer CONSTRAINT facility_capacity_range CHECK (capacity BETWEEN 1 AND 1000000),
        shared boolean NOT NULL DEFAULT false,
        wants_operator boolean NOT NULL DEFAULT false,
        formerly text,
        exhibitions text[] NOT NULL DEFAULT '{}',
        as_of date NOT NULL,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT facility_position_whole CHECK ((longitude IS NULL) = (latitude IS NULL)
          AND longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90),
        CONSTRAINT facility_operator_wanted CHECK (NOT wants_operator OR (shared AND operator_id IS NULL))
      );
      CREATE INDEX facility_by_community ON communities.facility (community_id, name, id);
      CREATE INDEX facility_by_operator ON communities.facility (operator_id);
      CREATE INDEX facility_by_position ON communities.facility (latitude, longitude);

      CREATE TABLE communities.facility_event (
        facility_id uuid CONSTRAINT facility_event_facility_fk REFERENCES communities.facility ON DELETE RESTRICT,
        version integer,
        name text NOT NULL,
        category text NOT NULL CONSTRAINT facility_event_category_known CHECK (${CATEGORY}),
        state text NOT NULL CONSTRAINT facility_event_state_known CHECK (${STATE}),
        as_of date NOT NULL,
        CONSTRAINT facility_event_pkey PRIMARY KEY (facility_id, version)
      );

      -- Whoever writes a facility, what it was stays on record.
      CREATE FUNCTION communities.record_facility() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' OR (OLD.name, OLD.category, OLD.state) IS DISTINCT FROM (NEW.name, NEW.category, NEW.state) THEN
          INSERT INTO communities.facility_event (facility_id, version, name, category, state, as_of)
          VALUES (NEW.id, NEW.version, NEW.name, NEW.category, NEW.state, NEW.as_of);
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER facility_recorded AFTER INSERT OR UPDATE ON communities.facility
        FOR EACH ROW EXECUTE FUNCTION communities.record_facility();
      CREATE FUNCTION communities.keep_facility_events() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what a facility was is never changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'facility_event_kept';
      END $$;
      CREATE TRIGGER facility_event_kept BEFORE UPDATE OR DELETE ON communities.facility_event
        FOR EACH ROW EXECUTE FUNCTION communities.keep_facility_events();

      -- Metres along a great circle of a sphere of 6,371,008.8 m (the mean radius of the earth, IUGG): the haversine formula.
      CREATE FUNCTION communities.metres_between(lon1 double precision, lat1 double precision, lon2 double precision, lat2 double precision)
        RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT 2 * 6371008.8 * asin(sqrt(least(1, power(sin(radians(lat2 - lat1) / 2), 2)
          + cos(radians(lat1)) * cos(radians(lat2)) * power(sin(radians(lon2 - lon1) / 2), 2)))) $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE communities.facility_event, communities.facility;
      DROP FUNCTION communities.record_facility, communities.keep_facility_events, communities.metres_between`);
  }
}
