import type { DataSource } from "typeorm";
import { MIGRATIONS_TABLE } from "./prepare";

/** Indexes that an entity cannot declare (over expressions, or of another access method) end in one of these. */
const SQL_ONLY_INDEX = /^DROP INDEX (?:"[^"]+"\.)?"[^"]+_(?:expr|gin|gist|trgm)"$/;

/**
 * What would have to change for the migrated schema to match the entities, as SQL; empty when they agree.
 * Compared: tables both ways, columns with type, nullability and default, primary, foreign and unique keys, indexes, and checks and
 * exclusions by name. Left out: the name of a primary key; indexes named `…_expr`, `…_gin`, `…_gist` or `…_trgm`, which only migrations can declare (an entity
 * may still list them with `@Index(name, { synchronize: false })`), and the tables in `tablesWithoutEntity`.
 */
export async function schemaDrift(dataSource: DataSource, tablesWithoutEntity: readonly string[] = []): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  const changes = upQueries.map((change) => change.query).filter((query) => !SQL_ONLY_INDEX.test(query));
  const known = new Set([...dataSource.entityMetadatas.map((entity) => entity.tableName), ...tablesWithoutEntity, MIGRATIONS_TABLE]);
  const schema = (dataSource.options as { schema?: string }).schema ?? "public";
  const tables: { name: string }[] = await dataSource.query(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY tablename",
    [schema],
  );
  const unknown = tables.filter((table) => !known.has(table.name)).map((table) => `DROP TABLE "${schema}"."${table.name}"`);
  return [...changes, ...unknown];
}
