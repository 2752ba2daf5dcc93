import type { MigrationInterface, QueryRunner } from "typeorm";

/** What was logged wrongly between two parties is corrected by another entry, or withdrawn by it; the log itself is never rewritten. */
export class ExchangeCorrections1700000000132 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.pairing_exchange
        ADD COLUMN corrects_id uuid CONSTRAINT pairing_exchange_corrects_fk REFERENCES communities.pairing_exchange ON DELETE RESTRICT,
        ADD COLUMN withdrawn boolean NOT NULL DEFAULT false,
        ADD COLUMN correction_reason text,
        ADD CONSTRAINT pairing_exchange_corrected_once UNIQUE (corrects_id),
        ADD CONSTRAINT pairing_exchange_not_own_correction CHECK (corrects_id <> id),
        ADD CONSTRAINT pairing_exchange_correction_whole CHECK ((corrects_id IS NULL) = (correction_reason IS NULL)
          AND (corrects_id IS NOT NULL OR NOT withdrawn));
      CREATE INDEX pairing_exchange_by_event ON communities.pairing_exchange (event_id, on_date, id);

      CREATE FUNCTION communities.keep_exchange_log() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          RAISE EXCEPTION 'the log is corrected, never rewritten' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_exchange_log_kept';
        END IF;
        IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM communities.pairing_exchange x
          WHERE x.id = NEW.corrects_id AND x.pairing_id = NEW.pairing_id) THEN
          RAISE EXCEPTION 'a correction stays in its pairing' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_exchange_own_log';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER pairing_exchange_log_kept BEFORE INSERT OR UPDATE ON communities.pairing_exchange
        FOR EACH ROW EXECUTE FUNCTION communities.keep_exchange_log();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER pairing_exchange_log_kept ON communities.pairing_exchange;
      DROP FUNCTION communities.keep_exchange_log;
      DROP INDEX communities.pairing_exchange_by_event;
      ALTER TABLE communities.pairing_exchange DROP COLUMN corrects_id, DROP COLUMN withdrawn, DROP COLUMN correction_reason`);
  }
}
