import type { Database } from "./database";
import { statement } from "./statement";

/** Records swept in one statement: none of them holds its locks for long. */
const MOST_AT_ONCE = 1_000;
/** Statements of one sweep: what is left waits for the next. */
const MOST_STATEMENTS = 50;
const HOUR_MS = 3_600_000;

const sweep = statement(
  "command.sweep",
  `DELETE FROM idempotency_record WHERE (viewer, key) IN (
     SELECT viewer, key FROM idempotency_record WHERE created_at < now() - make_interval(days => $1)
     ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING 1 AS swept`,
);

/** Deletes at most `limit` results that are older than the database's `idempotencyDays`, the oldest first. @returns how many */
export async function sweepIdempotency(database: Database, limit = MOST_AT_ONCE): Promise<number> {
  return database.transaction(async (tx) => (await tx.rows(sweep, [database.idempotencyDays, limit])).length);
}

/** Sweeps now and every hour, for as long as the database is open. Does not keep the process from ending. */
export function keepSwept(database: Database, onError: (error: unknown) => void): void {
  const run = async (): Promise<void> => {
    for (let done = 0; done < MOST_STATEMENTS && !database.closed; done++) {
      if ((await sweepIdempotency(database)) < MOST_AT_ONCE) return;
    }
  };
  const tell = (error: unknown): void => {
    if (!database.closed) onError(error);
  };
  run().catch(tell);
  const timer = setInterval(() => {
    if (database.closed) clearInterval(timer);
    else run().catch(tell);
  }, HOUR_MS);
  timer.unref();
}
