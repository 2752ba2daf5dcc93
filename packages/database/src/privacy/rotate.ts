import type { Database } from "../database";
import { quoteName } from "../names";
import { statement } from "../statement";

/** A table with sealed columns. Its rows have a uuid `id`, and in `key_id` the key that all of a row's values are sealed with. */
export interface SealedTable {
  schema: string;
  table: string;
  columns: readonly {
    name: string;
    /** The column of the value's blind index, and the purpose that it is made for. */
    index?: { name: string; purpose: string };
  }[];
}

type Row = Record<string, string | null> & { id: string };

const MOST = 1_000;

const batchOf = ({ table, columns }: SealedTable) => {
  const names = columns.map(({ name }) => quoteName(name)).join(", ");
  return statement(
    `rotate_batch_${table}`,
    `SELECT id, ${names} FROM ${quoteName(table)} WHERE key_id <> $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
  );
};

const leftOf = ({ table }: SealedTable) =>
  statement(`rotate_left_${table}`, `SELECT count(*)::integer AS left FROM ${quoteName(table)} WHERE key_id <> $1`);

function update({ table, columns }: SealedTable) {
  const written = columns.flatMap(({ name, index }) => [name, ...(index ? [index.name] : [])]);
  const sets = written.map((name, at) => `${quoteName(name)} = $${at + 3}`).join(", ");
  return statement(`rotate_row_${table}`, `UPDATE ${quoteName(table)} SET key_id = $2, ${sets} WHERE id = $1::uuid`);
}

/**
 * Seals what older keys sealed with the current one, `size` rows (1 to 1,000) a transaction, while the platform serves. A row that somebody
 * writes at the moment is left for the next round; broken off, it goes on where it was. Versions stay, for nothing has changed that anybody
 * reads. @returns the rows sealed anew. @throws KeyRingError where a key is missing, with that batch undone
 */
export async function rotateSealed(
  database: Database,
  sealed: SealedTable,
  { size = 200, progress }: { size?: number; progress?: (rows: number) => void } = {},
): Promise<number> {
  const { keys } = database;
  const [batch, left, write] = [batchOf(sealed), leftOf(sealed), update(sealed)];
  const anew = (row: Row): unknown[] =>
    sealed.columns.flatMap(({ name, index }) => {
      const cell = { schema: sealed.schema, table: sealed.table, column: name, row: row.id };
      const stored = row[name] ?? null;
      const value = stored === null ? null : keys.open(stored, cell);
      return [value && keys.seal(value, cell), ...(index ? [value && keys.index(index.purpose, value)] : [])];
    });
  let done = 0;
  for (;;) {
    const rows = await database.transaction(async (tx) => {
      const found = await tx.rows<Row>(batch, [keys.current, Math.min(MOST, Math.max(1, size))]);
      for (const row of found) await tx.rows(write, [row.id, keys.current, ...anew(row)]);
      return found.length;
    });
    done += rows;
    progress?.(done);
    if (rows > 0) continue;
    // rows that others hold were passed over: they are few, and come again in the next round
    const [{ left: waiting }] = (await database.transaction((tx) => tx.rows<{ left: number }>(left, [keys.current]))) as [{ left: number }];
    if (waiting === 0) return done;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
