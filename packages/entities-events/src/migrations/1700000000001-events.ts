import { createCommonTables, dropCommonTables } from "@gongjian/database";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Event series, events, their organisers, sessions and who takes part in them. */
export class Events1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createCommonTables(runner, "events");
    await runner.query(`
      CREATE TABLE events.event_series (
        id uuid CONSTRAINT event_series_pkey PRIMARY KEY,
        key text NOT NULL CONSTRAINT event_series_key_once UNIQUE,
        name text NOT NULL,
        description text,
        region_code text,
        region_scope_codes text[] NOT NULL DEFAULT '{}',
        search_vector tsvector NOT NULL,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT event_series_region_whole CHECK ((region_code IS NULL) = (cardinality(region_scope_codes) = 0))
      );
      CREATE INDEX event_series_by_name ON events.event_series (name, id);
      CREATE INDEX event_series_by_region ON events.event_series (region_code, name, id);
      CREATE INDEX event_series_search ON events.event_series USING gin (search_vector);

      CREATE TABLE events.event (
        id uuid CONSTRAINT event_pkey PRIMARY KEY,
        key text NOT NULL CONSTRAINT event_key_once UNIQUE,
        series_id uuid CONSTRAINT event_series_fk REFERENCES events.event_series ON DELETE RESTRICT,
        edition integer CONSTRAINT event_edition_positive CHECK (edition >= 1),
        name text NOT NULL,
        theme text,
        kind text NOT NULL CONSTRAINT event_kind_known CHECK (kind IN ('FORUM', 'SALON', 'LECTURE', 'DIALOGUE', 'MATCHMAKING', 'STUDY_SEASON', 'MARKET', 'TRAINING', 'CEREMONY', 'VISIT', 'VOLUNTEERING')),
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        time_zone text NOT NULL,
        place text,
        region_code text,
        region_scope_codes text[] NOT NULL DEFAULT '{}',
        state text NOT NULL DEFAULT 'DRAFT' CONSTRAINT event_state_known CHECK (state IN ('DRAFT', 'PUBLISHED', 'CANCELLED')),
        visitors integer CONSTRAINT event_visitors_counted CHECK (visitors >= 0),
        visitors_precision text NOT NULL DEFAULT 'EXACT' CONSTRAINT event_visitors_precision_known CHECK (visitors_precision IN ('EXACT', 'ABOUT', 'OVER')),
        search_vector tsvector NOT NULL,
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT event_edition_once UNIQUE (series_id, edition) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT event_period_forward CHECK (ends_at >= starts_at),
        CONSTRAINT event_region_whole CHECK ((region_code IS NULL) = (cardinality(region_scope_codes) = 0))
      );
      CREATE INDEX event_by_start ON events.event (starts_at, id);
      CREATE INDEX event_by_series ON events.event (series_id, starts_at, id);
      CREATE INDEX event_by_region ON events.event (region_code, starts_at, id);
      CREATE INDEX event_search ON events.event USING gin (search_vector);

      CREATE TABLE events.organiser (
        id uuid CONSTRAINT organiser_pkey PRIMARY KEY,
        event_id uuid NOT NULL CONSTRAINT organiser_event_fk REFERENCES events.event ON DELETE CASCADE,
        role text NOT NULL CONSTRAINT organiser_role_known CHECK (role IN ('HOST', 'ORGANISER', 'CO_ORGANISER', 'SUPPORTER', 'MODERATOR')),
        position integer NOT NULL CONSTRAINT organiser_position_positive CHECK (position >= 1),
        community_id uuid,
        organisation_id uuid,
        source text,
        CONSTRAINT organiser_place_once UNIQUE (event_id, role, position),
        CONSTRAINT organiser_one_party CHECK (num_nonnulls(community_id, organisation_id) = 1)
      );
      CREATE INDEX organiser_by_community ON events.organiser (community_id, event_id);
      CREATE INDEX organiser_by_organisation ON events.organiser (organisation_id, event_id);

      CREATE TABLE events.session (
        id uuid CONSTRAINT session_pkey PRIMARY KEY,
        key text NOT NULL CONSTRAINT session_key_once UNIQUE,
        event_id uuid NOT NULL CONSTRAINT session_event_fk REFERENCES events.event ON DELETE CASCADE,
        title text NOT NULL,
        kind text NOT NULL CONSTRAINT session_kind_known CHECK (kind IN ('OPENING', 'PRESENTATION', 'PUBLICATION', 'NEGOTIATION', 'ROUND_TABLE', 'VISIT', 'LECTURE', 'SIGNING', 'TRAINING', 'MARKET', 'PERFORMANCE', 'OTHER')),
        starts_at timestamptz,
        ends_at timestamptz,
        topic text,
        position integer NOT NULL CONSTRAINT session_position_positive CHECK (position >= 1),
        source text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT session_period_forward CHECK (ends_at >= starts_at),
        CONSTRAINT session_period_begun CHECK (ends_at IS NULL OR starts_at IS NOT NULL)
      );
      CREATE INDEX session_by_event ON events.session (event_id, position, id);

      CREATE TABLE events.session_participant (
        id uuid CONSTRAINT session_participant_pkey PRIMARY KEY,
        session_id uuid NOT NULL CONSTRAINT session_participant_session_fk REFERENCES events.session ON DELETE CASCADE,
        role text NOT NULL CONSTRAINT session_participant_role_known CHECK (role IN ('SPEAKER', 'PRESENTER', 'PARTICIPANT', 'MODERATOR')),
        position integer NOT NULL CONSTRAINT session_participant_position_positive CHECK (position >= 1),
        community_id uuid,
        organisation_id uuid,
        topic text,
        source text,
        CONSTRAINT session_participant_place_once UNIQUE (session_id, role, position),
        CONSTRAINT session_participant_one_party CHECK (num_nonnulls(community_id, organisation_id) = 1)
      );
      CREATE INDEX session_participant_by_community ON events.session_participant (community_id, session_id);
      CREATE INDEX session_participant_by_organisation ON events.session_participant (organisation_id, session_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE events.session_participant, events.session, events.organiser, events.event, events.event_series`);
    await dropCommonTables(runner, "events");
  }
}
