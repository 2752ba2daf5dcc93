import type { MigrationInterface, QueryRunner } from "typeorm";

/** The columns that name an organisation, and the text beside each that names it too. */
const REFERENCES: readonly (readonly [table: string, column: string, text?: string])[] = [
  ["appointment", "conferrer_organisation_id"],
  ["appointment", "on_behalf_organisation_id"],
  ["appointment", "organisation_id", "place"],
  ["contact", "organisation_id"],
  ["facility", "operator_id"],
  ["membership", "organisation_id", "scope"],
  ["pairing_party", "organisation_id", "place"],
  ["service_area", "organisation_id"],
  ["service_contact", "organisation_id"],
  ["suggestion", "assignee_organisation_id"],
  ["suggestion", "raiser_organisation_id"],
  ["team", "organisation_id"],
  ["team_activity", "organisation_id"],
];

/** Whether a change to a row is nothing but a merge that re-points these columns. */
export const ONLY_REPOINTED = (columns: readonly string[], also: readonly string[] = []): string => {
  const without = [...columns, ...also].map((column) => ` - '${column}'`).join("");
  const each = columns.map(
    (column) => `(NEW.${column} IS NOT DISTINCT FROM OLD.${column} OR communities.is_merging(TG_RELID, OLD.${column}, NEW.${column}))`,
  );
  return `to_jsonb(NEW)${without} = to_jsonb(OLD)${without} AND ${each.join(" AND ")}`;
};

/**
 * Two records of one organisation become one. What named the merged one names the survivor from then on, whoever writes it, and when:
 * the triggers that follow a merge are at the same time the list that the merge goes by.
 */
export class OrganisationMerges1700000000192 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.organisation
        ADD COLUMN merged_into uuid CONSTRAINT organisation_survivor_fk REFERENCES communities.organisation ON DELETE RESTRICT,
        ADD COLUMN merged_at timestamptz,
        ADD CONSTRAINT organisation_merged_whole CHECK ((merged_into IS NULL) = (merged_at IS NULL) AND merged_into <> id);
      CREATE INDEX organisation_by_survivor ON communities.organisation (merged_into);

      -- Anybody may set a setting, but nobody else becomes the owner of a table: only within merge_organisations are both so.
      CREATE FUNCTION communities.is_merging(relation oid, before uuid, after uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT coalesce(current_setting('gongjian.merging', true) = before || '>' || after, false)
          AND current_user = (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = relation)
      $$;

      -- What was merged stays, as it was, and one merge away from its survivor.
      CREATE FUNCTION communities.keep_organisation_merges() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          IF OLD.merged_into IS NULL THEN RETURN OLD; END IF;
        ELSIF TG_OP = 'INSERT' THEN
          IF NEW.merged_into IS NULL THEN RETURN NEW; END IF;
        ELSIF NEW.merged_into IS NOT DISTINCT FROM OLD.merged_into THEN
          IF OLD.merged_into IS NULL OR NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
        ELSIF communities.is_merging(TG_RELID, coalesce(OLD.merged_into, OLD.id), NEW.merged_into) THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'organisations are merged by a merge, once' USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_merge_kept';
      END $$;
      CREATE TRIGGER organisation_merge_kept BEFORE INSERT OR UPDATE OR DELETE ON communities.organisation
        FOR EACH ROW EXECUTE FUNCTION communities.keep_organisation_merges();

      -- Whoever names an organisation that was merged names its survivor. The lock makes a merge wait for those who name one of its two
      -- records, and those who come later see it merged.
      CREATE FUNCTION communities.follow_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        named uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
        survivor uuid := named;
        next uuid;
      BEGIN
        LOOP
          SELECT o.merged_into INTO next FROM communities.organisation o WHERE o.id = survivor FOR KEY SHARE;
          EXIT WHEN next IS NULL;
          survivor := next;
        END LOOP;
        IF survivor <> named THEN
          NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], survivor)
            || CASE WHEN TG_ARGV[1] = '' THEN '{}' ELSE jsonb_build_object(TG_ARGV[1], 'organisation:' || survivor) END);
        END IF;
        RETURN NEW;
      END $$;

      -- Makes a column with a foreign key to organisation one that follows merges; every migration that adds one calls it. A text beside it
      -- that holds 'organisation:<id>' follows too.
      CREATE FUNCTION communities.refer_to_organisation(relation regclass, reference text, beside text DEFAULT '') RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('CREATE TRIGGER %I BEFORE INSERT OR UPDATE OF %I ON %s FOR EACH ROW WHEN (NEW.%I IS NOT NULL)
          EXECUTE FUNCTION communities.follow_organisation(%L, %L)', reference || '_follows', reference, relation, reference, reference, beside);
      END $$;
      ${REFERENCES.map(([table, column, text = ""]) => `SELECT communities.refer_to_organisation('communities.${table}', '${column}', '${text}');`).join("\n      ")}

      -- The columns that follow: what a merge re-points.
      CREATE VIEW communities.organisation_reference AS
        SELECT t.tgrelid::regclass AS relation, arguments[1] AS reference, arguments[2] AS beside
        FROM pg_trigger t CROSS JOIN LATERAL string_to_array(encode(t.tgargs, 'escape'), '\\000') AS arguments
        WHERE t.tgfoid = 'communities.follow_organisation'::regproc;
    `);
    await runner.query(`
      CREATE OR REPLACE FUNCTION communities.keep_pairing_parties() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        party communities.pairing_party := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      BEGIN
        -- the same party under the id that it has now
        IF TG_OP = 'UPDATE' AND NEW.organisation_id <> OLD.organisation_id AND ${ONLY_REPOINTED(["organisation_id"], ["place"])} THEN
          RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND (NEW.pairing_id <> OLD.pairing_id OR NEW.place <> OLD.place) THEN
          RAISE EXCEPTION 'a party stays itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_parties_kept';
        END IF;
        PERFORM 1 FROM communities.pairing p WHERE p.id = party.pairing_id AND p.state = 'PROPOSED' FOR SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'parties are settled' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_parties_kept';
        END IF;
        RETURN party;
      END $$;
    `);
    await runner.query(
      this.suggestionOrder(`
        ELSIF ${ONLY_REPOINTED(["assignee_organisation_id", "raiser_organisation_id"])} THEN
          -- whoever raised or holds it is the same under the id that it has now: no step of its way
          RETURN NEW;`),
    );
    await runner.query(this.merge());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(this.suggestionOrder(""));
    await runner.query(`
      CREATE OR REPLACE FUNCTION communities.keep_pairing_parties() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        party communities.pairing_party := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      BEGIN
        IF TG_OP = 'UPDATE' AND (NEW.pairing_id <> OLD.pairing_id OR NEW.place <> OLD.place) THEN
          RAISE EXCEPTION 'a party stays itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_parties_kept';
        END IF;
        PERFORM 1 FROM communities.pairing p WHERE p.id = party.pairing_id AND p.state = 'PROPOSED' FOR SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'parties are settled' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_parties_kept';
        END IF;
        RETURN party;
      END $$;
      DROP FUNCTION communities.merge_organisations;
      DROP VIEW communities.organisation_reference;
      DROP FUNCTION communities.follow_organisation CASCADE;
      DROP FUNCTION communities.refer_to_organisation;
      DROP TRIGGER organisation_merge_kept ON communities.organisation;
      DROP FUNCTION communities.keep_organisation_merges, communities.is_merging;
      ALTER TABLE communities.organisation DROP COLUMN merged_into, DROP COLUMN merged_at;
    `);
  }

  /** The order of a suggestion's way, with one more way out. */
  private suggestionOrder(also: string): string {
    return `
  CREATE OR REPLACE FUNCTION communities.keep_suggestion_order() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      IF NEW.state <> 'RAISED' OR NEW.version <> 1 THEN
        RAISE EXCEPTION 'a suggestion begins as raised' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_step_order';
      END IF;
    ELSIF to_jsonb(NEW) - 'raised_by_issuer' - 'raised_by_subject' = to_jsonb(OLD) - 'raised_by_issuer' - 'raised_by_subject' THEN
      -- whoever raised it becomes a pseudonym when their data is erased: the voice stays
      RETURN NEW;${also}
    ELSIF NEW.version <> OLD.version + 1 OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
      ('RAISED', 'ASSIGNED'), ('RAISED', 'MERGED'), ('RAISED', 'WITHDRAWN'),
      ('ASSIGNED', 'ANSWERED'), ('ASSIGNED', 'DONE'), ('ASSIGNED', 'MERGED'), ('ASSIGNED', 'WITHDRAWN'),
      ('ANSWERED', 'DONE'), ('ANSWERED', 'ASSIGNED'), ('ANSWERED', 'MERGED'),
      ('DONE', 'ACCEPTED'), ('DONE', 'ASSIGNED')
    )) THEN
      RAISE EXCEPTION 'a suggestion goes one step at a time' USING ERRCODE = 'check_violation', CONSTRAINT = 'suggestion_step_order';
    END IF;
    IF NEW.state = 'MERGED' THEN
      -- of two that are merged at once, along one line, the second sees the first
      PERFORM 1 FROM communities.suggestion s WHERE s.id = NEW.merged_into FOR NO KEY UPDATE;
    END IF;
    RETURN NEW;
  END $$;
`;
  }

  /** Answers with what was done to which records, for the audit. */
  private merge(): string {
    return `
  CREATE FUNCTION communities.merge_organisations(kept uuid, gone uuid, actor text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = communities, public, pg_temp AS $$
  DECLARE
    survivor communities.organisation;
    absorbed communities.organisation;
    held communities.membership;
    staying uuid;
    doubles uuid[];
    done jsonb := '{}';
    repointed jsonb := '{}';
    ref record;
    many bigint;
  BEGIN
    PERFORM 1 FROM organisation o WHERE o.id IN (kept, gone) ORDER BY o.id FOR UPDATE;
    SELECT * INTO STRICT survivor FROM organisation o WHERE o.id = kept;
    SELECT * INTO STRICT absorbed FROM organisation o WHERE o.id = gone;
    IF kept = gone OR survivor.merged_into IS NOT NULL OR absorbed.merged_into IS NOT NULL THEN
      RAISE EXCEPTION 'organisations are merged by a merge, once' USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_merge_kept';
    END IF;
    PERFORM set_config('gongjian.merging', gone || '>' || kept, true);

    -- One role of one subject over both: one membership goes on over all the days of both, the others are revoked.
    doubles := '{}';
    FOR held IN SELECT * FROM membership m WHERE m.organisation_id = gone AND m.revoked_at IS NULL ORDER BY m.starts_on, m.id FOR UPDATE LOOP
      SELECT m.id INTO staying FROM membership m
      WHERE m.organisation_id = kept AND m.revoked_at IS NULL AND (m.issuer, m.subject, m.role) = (held.issuer, held.subject, held.role)
        AND daterange(m.starts_on, m.ends_on, '[]') && daterange(held.starts_on, held.ends_on, '[]')
      ORDER BY m.starts_on LIMIT 1;
      CONTINUE WHEN staying IS NULL;
      WITH both_held AS MATERIALIZED (
        SELECT m.id, m.starts_on, m.ends_on FROM membership m
        WHERE m.id = held.id OR (m.organisation_id = kept AND m.revoked_at IS NULL AND (m.issuer, m.subject, m.role) = (held.issuer, held.subject, held.role)
          AND daterange(m.starts_on, m.ends_on, '[]') && daterange(held.starts_on, held.ends_on, '[]'))
      ), revoked AS (
        UPDATE membership m SET revoked_at = now(), revoked_by = actor, reason = coalesce(m.reason, 'joined with ' || staying), version = m.version + 1
        FROM both_held b WHERE m.id = b.id AND m.id <> staying RETURNING m.id
      )
      SELECT min(b.starts_on), CASE WHEN bool_or(b.ends_on IS NULL) THEN NULL ELSE max(b.ends_on) END,
        doubles || (SELECT array_agg(r.id) FROM revoked r)
      INTO held.starts_on, held.ends_on, doubles FROM both_held b;
      UPDATE membership m SET starts_on = held.starts_on, ends_on = held.ends_on, version = m.version + 1
      WHERE m.id = staying AND (m.starts_on, m.ends_on) IS DISTINCT FROM (held.starts_on, held.ends_on);
    END LOOP;
    done := done || jsonb_build_object('membershipsJoined', to_jsonb(doubles));

    -- The same contact of both: the survivor's stays.
    WITH removed AS (
      DELETE FROM contact c USING contact k WHERE c.organisation_id = gone AND k.organisation_id = kept AND k.value_index = c.value_index RETURNING c.id
    ) SELECT coalesce(array_agg(r.id), '{}') INTO doubles FROM removed r;
    done := done || jsonb_build_object('contactsTheSame', to_jsonb(doubles));
    DELETE FROM service_area s USING service_area k WHERE s.organisation_id = gone AND k.organisation_id = kept AND k.place = s.place;

    -- Two records of one team: the survivor's says first, the other's what it leaves out.
    IF EXISTS (SELECT 1 FROM team t WHERE t.organisation_id = kept) THEN
      WITH other AS (DELETE FROM team t WHERE t.organisation_id = gone RETURNING t.*)
      UPDATE team t SET community_id = coalesce(t.community_id, o.community_id), members = coalesce(t.members, o.members),
        members_precision = CASE WHEN t.members IS NULL THEN o.members_precision ELSE t.members_precision END,
        composition = t.composition || ARRAY(SELECT c FROM unnest(o.composition) c WHERE c <> ALL(t.composition)),
        services = t.services || ARRAY(SELECT c FROM unnest(o.services) c WHERE c <> ALL(t.services)),
        venue = coalesce(t.venue, o.venue),
        founded_first = CASE WHEN t.founded_first IS NULL THEN o.founded_first ELSE t.founded_first END,
        founded_last = CASE WHEN t.founded_first IS NULL THEN o.founded_last ELSE t.founded_last END,
        version = t.version + 1, updated_at = now()
      FROM other o WHERE t.organisation_id = kept;
    END IF;

    FOR ref IN SELECT * FROM organisation_reference r ORDER BY r.relation::text, r.reference LOOP
      EXECUTE format('UPDATE %s SET %I = $1%s WHERE %I = $2', ref.relation, ref.reference,
        CASE WHEN ref.beside = '' THEN '' ELSE format(', %I = %L', ref.beside, 'organisation:' || kept) END, ref.reference) USING kept, gone;
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many > 0 THEN repointed := repointed || jsonb_build_object(ref.relation || '.' || ref.reference, many); END IF;
    END LOOP;

    -- What was merged into the one that goes is one merge away from the one that stays.
    UPDATE organisation o SET merged_into = kept WHERE o.merged_into = gone;
    UPDATE organisation o SET merged_into = kept, merged_at = now(), credit_code = NULL, version = o.version + 1, updated_at = now() WHERE o.id = gone;
    UPDATE organisation o SET credit_code = coalesce(o.credit_code, absorbed.credit_code), region_code = coalesce(o.region_code, absorbed.region_code),
      description = coalesce(o.description, absorbed.description), source = coalesce(o.source, absorbed.source),
      capabilities = (o.capabilities || ARRAY(SELECT c FROM unnest(absorbed.capabilities) c WHERE c <> ALL(o.capabilities)))[1:30],
      version = o.version + 1, updated_at = now()
    WHERE o.id = kept;
    PERFORM set_config('gongjian.merging', '', true);
    RETURN done || jsonb_build_object('repointed', repointed);
  END $$;
`;
  }
}
