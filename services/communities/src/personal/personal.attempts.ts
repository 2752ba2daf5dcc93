import { constraintOf, statement } from "@gongjian/database";
import { ID_NUMBERS_PER_DAY } from "@gongjian/entities-communities";
import type { Context } from "../context";
import { MEMBERSHIP_ZONE } from "../membership/membership.rules";
import { idNumberIndex } from "./personal.values";
import { tooManyIdNumbers, type TooManyIdNumbers } from "./personal.results";

const LOCK = statement("id_number_attempt_lock", "SELECT pg_advisory_xact_lock(hashtextextended('id-number ' || $1, 0))");
/** The same number again on the same day is no further attempt. */
const NOTE = statement(
  "id_number_attempt_note",
  `INSERT INTO id_number_attempt (about, on_day, number_index, ordinal)
   SELECT $1, d.day, $2, 1 + (SELECT count(*) FROM id_number_attempt a WHERE a.about = $1 AND a.on_day = d.day)
   FROM (SELECT (now() AT TIME ZONE '${MEMBERSHIP_ZONE}')::date AS day) d
   WHERE NOT EXISTS (SELECT 1 FROM id_number_attempt a WHERE a.about = $1 AND a.on_day = d.day AND a.number_index = $2)`,
);
/** The day before stays, for whoever tries around midnight. */
const SWEEP = statement(
  "id_number_attempt_sweep",
  `DELETE FROM id_number_attempt WHERE (about, on_day, number_index) IN (SELECT about, on_day, number_index FROM id_number_attempt
   WHERE on_day < (now() AT TIME ZONE '${MEMBERSHIP_ZONE}')::date - 1 LIMIT 100 FOR UPDATE SKIP LOCKED)`,
);

/**
 * Counts an ID number before anything is told about it, in a transaction of its own: what is refused counts too. Null where it may be told.
 * @param about who gives the number as their own, as a blind index, or the id of the record that it is compared with
 */
export async function tooManyAttempts(context: Context, about: string, idNumber: string): Promise<TooManyIdNumbers | null> {
  const index = idNumberIndex(context.database.keys, idNumber);
  // what is no ID number is nobody's, and tells nothing
  if (index === null) return null;
  try {
    await context.database.transaction(async (tx) => {
      await tx.rows(LOCK, [about]);
      await tx.rows(SWEEP);
      await tx.rows(NOTE, [about, index]);
    });
    return null;
  } catch (error) {
    if (constraintOf(error)?.constraint === "id_number_attempt_limit") return tooManyIdNumbers(ID_NUMBERS_PER_DAY);
    throw error;
  }
}
