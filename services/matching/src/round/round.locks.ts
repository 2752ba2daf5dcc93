import { statement, type CommandTransaction } from "@gongjian/database";
import type { RoundState } from "@gongjian/entities-matching";

// Whoever writes what belongs to a round locks the round before anything else: a step of the round, a run of the matching and a change
// of the list then come one after the other, and cannot deadlock.
const LOCK = statement(
  "round_lock_entries",
  `SELECT r.id, r.state FROM round r WHERE r.id = ANY($1::uuid[]) ORDER BY r.id FOR NO KEY UPDATE`,
);
const SHARE = statement("round_lock_share", `SELECT r.state FROM round r WHERE r.id = $1 FOR SHARE`);
const REVISE = statement("round_revise", `UPDATE round SET revision = revision + 1 WHERE id = ANY($1::uuid[])`);

/** Locks the rounds whose lists are about to change, in the order of their ids, and answers with the states they have now. */
export async function lockRounds(tx: CommandTransaction, ids: readonly string[]): Promise<Map<string, RoundState>> {
  const rows = await tx.rows<{ id: string; state: RoundState }>(LOCK, [[...new Set(ids)]]);
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** Keeps the round where it stands until the end of the transaction, and answers with its state. Others may do the same. */
export async function holdRound(tx: CommandTransaction, id: string): Promise<RoundState> {
  const [row] = await tx.rows<{ state: RoundState }>(SHARE, [id]);
  return row!.state;
}

/** Says that what the matching reckons with has changed: the round has to be matched again. Only under `lockRounds`. */
export async function reviseRounds(tx: CommandTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.rows(REVISE, [[...new Set(ids)]]);
}
