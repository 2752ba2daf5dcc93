import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Suggestions are found by title and text. Those entered before this are found by pairs of characters, in either script, but not by pinyin:
 * their readings are not known here, and their way is not touched.
 */
export class SuggestionSearch1700000000190 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE communities.suggestion ADD COLUMN title_key text, ADD COLUMN search_vector tsvector;
      ALTER TABLE communities.suggestion DISABLE TRIGGER USER;
      UPDATE communities.suggestion SET title_key = lower(title), search_vector = array_to_tsvector(grams);
      ALTER TABLE communities.suggestion ENABLE TRIGGER USER;
      ALTER TABLE communities.suggestion ALTER COLUMN title_key SET NOT NULL, ALTER COLUMN search_vector SET NOT NULL;
      CREATE INDEX suggestion_by_title_key ON communities.suggestion (title_key);
      CREATE INDEX suggestion_search ON communities.suggestion USING gin (search_vector);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE communities.suggestion DROP COLUMN title_key, DROP COLUMN search_vector`);
  }
}
