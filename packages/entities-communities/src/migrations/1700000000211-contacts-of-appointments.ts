import type { MigrationInterface, QueryRunner } from "typeorm";

/** Ways to reach whoever holds an appointment, in that office. */
export class ContactsOfAppointments1700000000211 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.contact
        ADD COLUMN appointment_id uuid CONSTRAINT contact_appointment_fk REFERENCES communities.appointment ON DELETE RESTRICT,
        DROP CONSTRAINT contact_owner_one,
        ADD CONSTRAINT contact_owner_one CHECK (num_nonnulls(community_id, organisation_id, appointment_id) = 1);
      CREATE UNIQUE INDEX contact_once_in_appointment ON communities.contact (appointment_id, value_index);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM communities.contact WHERE appointment_id IS NOT NULL;
      ALTER TABLE communities.contact DROP CONSTRAINT contact_owner_one, DROP COLUMN appointment_id,
        ADD CONSTRAINT contact_owner_one CHECK (num_nonnulls(community_id, organisation_id) = 1);
    `);
  }
}
