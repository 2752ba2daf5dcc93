import type { MigrationInterface, QueryRunner } from "typeorm";

/** Numbered letters of appointment. */
export class Letters1700000000141 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE communities.letter_series (
        code text CONSTRAINT letter_series_code_form CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{8}$'),
        year integer CONSTRAINT letter_series_year_range CHECK (year BETWEEN 2000 AND 9999),
        conferrer text NOT NULL,
        last integer NOT NULL CONSTRAINT letter_series_last_range CHECK (last BETWEEN 1 AND 999999),
        CONSTRAINT letter_series_pkey PRIMARY KEY (code, year)
      );

      CREATE TABLE communities.appointment_letter (
        appointment_id uuid CONSTRAINT appointment_letter_pkey PRIMARY KEY
          CONSTRAINT appointment_letter_appointment_fk REFERENCES communities.appointment ON DELETE RESTRICT,
        series text NOT NULL,
        year integer NOT NULL,
        serial integer NOT NULL,
        number text NOT NULL CONSTRAINT appointment_letter_number_once UNIQUE,
        code text NOT NULL CONSTRAINT appointment_letter_code_form CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
        content jsonb NOT NULL,
        issued_on date NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT appointment_letter_serial_once UNIQUE (series, year, serial),
        CONSTRAINT appointment_letter_number_form CHECK (
          number = series || '-' || year || '-' || lpad(serial::text, greatest(4, length(serial::text)), '0'))
      );

      -- No gap and no letter that is not counted: a series begins at 1 and goes on by one, and at the end of each transaction its last
      -- number is that of a letter. With the serial being unique, the numbers 1 to last are all given.
      CREATE FUNCTION communities.keep_letter_series() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' OR (TG_OP = 'INSERT' AND NEW.last <> 1)
          OR (TG_OP = 'UPDATE' AND (NEW.last <> OLD.last + 1 OR (NEW.code, NEW.year, NEW.conferrer) IS DISTINCT FROM (OLD.code, OLD.year, OLD.conferrer))) THEN
          RAISE EXCEPTION 'a series of letters goes on by one' USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_series_order';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER letter_series_order BEFORE INSERT OR UPDATE OR DELETE ON communities.letter_series
        FOR EACH ROW EXECUTE FUNCTION communities.keep_letter_series();

      CREATE FUNCTION communities.keep_letter_series_whole() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM communities.appointment_letter l WHERE l.series = NEW.code AND l.year = NEW.year AND l.serial = NEW.last) THEN
          RAISE EXCEPTION 'a number without its letter' USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_series_whole';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER letter_series_whole AFTER INSERT OR UPDATE ON communities.letter_series
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION communities.keep_letter_series_whole();

      CREATE FUNCTION communities.keep_letters() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP <> 'INSERT' THEN
          RAISE EXCEPTION 'letters are kept as they were issued' USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_letter_kept';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM communities.letter_series s WHERE s.code = NEW.series AND s.year = NEW.year AND s.last = NEW.serial) THEN
          RAISE EXCEPTION 'a letter out of its series' USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_letter_in_series';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER appointment_letter_kept BEFORE INSERT OR UPDATE OR DELETE ON communities.appointment_letter
        FOR EACH ROW EXECUTE FUNCTION communities.keep_letters();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE communities.appointment_letter, communities.letter_series;
      DROP FUNCTION communities.keep_letters, communities.keep_letter_series_whole, communities.keep_letter_series`);
  }
}
