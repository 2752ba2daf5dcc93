import { addAuditIssuer } from "@gongjian/database";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Entries of the audit trail say who answers for their subject. There is no way back: what entries say cannot be taken from them. */
export class AuditIssuer1700000000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addAuditIssuer(runner, "events");
  }

  async down(): Promise<void> {}
}
