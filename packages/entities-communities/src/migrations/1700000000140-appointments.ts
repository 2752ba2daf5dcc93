import type { MigrationInterface, QueryRunner } from "typeorm";

/** People in public roles, and their appointments. */
export class Appointments1700000000140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.person (
        id uuid CONSTRAINT person_pkey PRIMARY KEY,
        key text CONSTRAINT person_key_once UNIQUE,
        name text NOT NULL,
        name_key text NOT NULL,
        illustrative boolean NOT NULL DEFAULT false,
        search_vector tsvector NOT NULL,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX person_by_name ON communities.person (name, id);
      CREATE INDEX person_by_name_key ON communities.person (name_key);
      CREATE INDEX person_search ON communities.person USING gin (search_vector);

      -- A date that is known to the day, the month or the year: the first and the last day that it may be.
      CREATE FUNCTION communities.is_partial_date(first date, last date) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE WHEN first IS NULL OR last IS NULL THEN first IS NULL AND last IS NULL
          ELSE last = first
            OR (date_part('day', first) = 1 AND last = (first + interval '1 month' - interval '1 day')::date)
            OR (date_part('doy', first) = 1 AND last = (first + interval '1 year' - interval '1 day')::date) END
      $$;

      -- The days on which an appointment was held for certain. Where dates are known to the year only, two terms that follow one
      -- another are not taken for overlapping; a term without a known beginning is certain on the day of its source alone.
      CREATE FUNCTION communities.certain_term(starts_last date, ends_first date, revoked_on date, attested_on date)
      RETURNS daterange LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE WHEN upper_day < lower_day THEN 'empty'::daterange ELSE daterange(lower_day, upper_day, '[]') END
        FROM (SELECT coalesce(starts_last, attested_on) AS lower_day,
          least(ends_first, revoked_on - 1, CASE WHEN starts_last IS NULL THEN attested_on END) AS upper_day) AS bounds
      $$;

      CREATE TABLE communities.appointment (
        id uuid CONSTRAINT appointment_pkey PRIMARY KEY,
        key text CONSTRAINT appointment_key_once UNIQUE,
        person_id uuid NOT NULL CONSTRAINT appointment_person_fk REFERENCES communities.person ON DELETE RESTRICT,
        role text NOT NULL CONSTRAINT appointment_role_known CHECK (role IN ('SECRETARY', 'DIRECTOR', 'LI_CHIEF', 'PRESIDENT', 'VICE_PRESIDENT',
          'HONORARY_DIRECTOR', 'ADVISER', 'LEGAL_COUNSEL', 'MEDIATOR', 'EXPERT', 'SUPERVISOR', 'HERITAGE_BEARER', 'TEAM_LEADER', 'TEAM_MEMBER')),
        place text NOT NULL,
        region_code text CONSTRAINT appointment_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        community_id uuid CONSTRAINT appointment_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        organisation_id uuid CONSTRAINT appointment_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        starts_first date,
        starts_last date,
        ends_first date,
        ends_last date,
        attested_on date,
        capacity text,
        expertise text[] NOT NULL DEFAULT '{}',
        on_behalf_community_id uuid CONSTRAINT appointment_on_behalf_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        on_behalf_organisation_id uuid CONSTRAINT appointment_on_behalf_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        conferrer_region_code text CONSTRAINT appointment_conferrer_region_fk REFERENCES communities.region ON DELETE RESTRICT,
        conferrer_community_id uuid CONSTRAINT appointment_conferrer_community_fk REFERENCES communities.community ON DELETE RESTRICT,
        conferrer_organisation_id uuid CONSTRAINT appointment_conferrer_organisation_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        event_id uuid,
        published boolean NOT NULL DEFAULT false,
        revoked_on date,
        revoked_by text,
        revocation_reason text,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT appointment_place_whole CHECK (num_nonnulls(region_code, community_id, organisation_id) = 1
          AND place = coalesce('region:' || region_code, 'community:' || community_id, 'organisation:' || organisation_id)),
        CONSTRAINT appointment_li_chief_of_li CHECK (role <> 'LI_CHIEF' OR community_id IS NOT NULL),
        CONSTRAINT appointment_private_role CHECK (NOT (published AND role IN ('TEAM_LEADER', 'TEAM_MEMBER'))),
        CONSTRAINT appointment_partial_dates CHECK (communities.is_partial_date(starts_first, starts_last)
          AND communities.is_partial_date(ends_first, ends_last)),
        CONSTRAINT appointment_in_time CHECK (num_nonnulls(starts_first, attested_on) > 0),
        CONSTRAINT appointment_period CHECK (ends_last >= starts_first),
        CONSTRAINT appointment_attested_in_term CHECK (attested_on >= starts_first AND attested_on <= ends_last),
        CONSTRAINT appointment_one_principal CHECK (num_nonnulls(on_behalf_community_id, on_behalf_organisation_id) <= 1),
        CONSTRAINT appointment_one_conferrer CHECK (num_nonnulls(conferrer_region_code, conferrer_community_id, conferrer_organisation_id) <= 1),
        CONSTRAINT appointment_revocation_whole CHECK (num_nonnulls(revoked_on, revoked_by, revocation_reason) IN (0, 3)),
        -- One holder at a time, for certain; many for all other roles, but nobody twice.
        CONSTRAINT appointment_one_holder EXCLUDE USING gist (place WITH =, role WITH =,
          communities.certain_term(starts_last, ends_first, revoked_on, attested_on) WITH &&)
          WHERE (role IN ('SECRETARY', 'DIRECTOR', 'LI_CHIEF', 'PRESIDENT')),
        CONSTRAINT appointment_once EXCLUDE USING gist (person_id WITH =, place WITH =, role WITH =,
          communities.certain_term(starts_last, ends_first, revoked_on, attested_on) WITH &&)
      );
      CREATE INDEX appointment_by_person ON communities.appointment (person_id, id);
      CREATE INDEX appointment_by_region ON communities.appointment (region_code, id);
      CREATE INDEX appointment_by_community ON communities.appointment (community_id, id);
      CREATE INDEX appointment_by_organisation ON communities.appointment (organisation_id, id);
      CREATE INDEX appointment_by_event ON communities.appointment (event_id, id);
      CREATE INDEX appointment_by_on_behalf_community ON communities.appointment (on_behalf_community_id);
      CREATE INDEX appointment_by_on_behalf_organisation ON communities.appointment (on_behalf_organisation_id);
      CREATE INDEX appointment_by_conferrer_region ON communities.appointment (conferrer_region_code);
      CREATE INDEX appointment_by_conferrer_community ON communities.appointment (conferrer_community_id);
      CREATE INDEX appointment_by_conferrer_organisation ON communities.appointment (conferrer_organisation_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE communities.appointment, communities.person;
      DROP FUNCTION communities.certain_term, communities.is_partial_date`);
  }
}
