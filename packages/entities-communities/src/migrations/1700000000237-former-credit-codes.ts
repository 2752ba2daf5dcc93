import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * A record that is merged keeps the credit code that it had, which means the survivor from then on: nobody else takes it, also not who
 * waits for the merge to let go of it.
 */
export class FormerCreditCodes1700000000237 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.organisation ADD COLUMN former_credit_code text
        CONSTRAINT organisation_former_code_whole CHECK (former_credit_code IS NULL OR (former_credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$' AND merged_into IS NOT NULL));
      CREATE INDEX organisation_by_former_code ON communities.organisation (former_credit_code) WHERE (former_credit_code IS NOT NULL);

      CREATE FUNCTION communities.keep_former_code() RETURNS trigger LANGUAGE plpgsql SET search_path = communities, pg_temp AS $$
      BEGIN
        IF OLD.merged_into IS NULL AND NEW.merged_into IS NOT NULL THEN NEW.former_credit_code := OLD.credit_code; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER organisation_keeps_former_code BEFORE UPDATE OF merged_into ON communities.organisation
        FOR EACH ROW EXECUTE FUNCTION communities.keep_former_code();

      CREATE FUNCTION communities.refuse_former_code() RETURNS trigger LANGUAGE plpgsql SET search_path = communities, pg_temp AS $$
      BEGIN
        IF EXISTS (SELECT 1 FROM organisation o WHERE o.former_credit_code = NEW.credit_code AND o.merged_into <> NEW.id) THEN
          RAISE unique_violation USING MESSAGE = 'the code belongs to an organisation that was merged', CONSTRAINT = 'organisation_credit_code_once',
            SCHEMA = 'communities', TABLE = 'organisation';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER organisation_former_code_taken AFTER INSERT OR UPDATE OF credit_code ON communities.organisation
        FOR EACH ROW WHEN (NEW.credit_code IS NOT NULL) EXECUTE FUNCTION communities.refuse_former_code();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER organisation_former_code_taken ON communities.organisation;
      DROP TRIGGER organisation_keeps_former_code ON communities.organisation;
      DROP FUNCTION communities.refuse_former_code, communities.keep_former_code;
      ALTER TABLE communities.organisation DROP COLUMN former_credit_code;
    `);
  }
}
