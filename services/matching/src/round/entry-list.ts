import type { CommandTransaction } from "@gongjian/database";
import type { RoundState } from "@gongjian/entities-matching";
import { isUuid, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";
import { canBeKey } from "../text";
import { lockRounds } from "./round.locks";
import { ENTRY_STATES } from "./round.rules";
import type { Round } from "./round.type";

export interface EntryRow {
  key: string;
  roundKey: string;
}

const UNKNOWN: InputProblem = { field: "roundKey", code: "UNKNOWN_REFERENCE", message: "There is no such round." };
const CLOSED: InputProblem = { field: "roundKey", code: "ROUND_CLOSED", message: "The round takes no more entries." };

/** The rounds that the rows of an imported list go into. Entries are found again by round and key: `roundId:key`. */
export class EntryList {
  private states = new Map<string, RoundState>();

  private constructor(private readonly rounds: ReadonlyMap<string, Round>) {}

  /** Reads the rounds of the rows; those that the viewer may not see are missing. */
  static async of(context: Context, rows: readonly EntryRow[]): Promise<EntryList> {
    const keys = [...new Set(rows.map((row) => row.roundKey))];
    const found = await Promise.all(keys.map((key) => context.rounds.byKey(key)));
    return new EntryList(new Map(found.flatMap((round) => (round === null ? [] : [[round.key!, round] as const]))));
  }

  round(row: EntryRow): Round | null {
    return this.rounds.get(row.roundKey) ?? null;
  }

  keyOf(row: EntryRow): string {
    return `${this.round(row)?.id ?? row.roundKey}:${row.key}`;
  }

  /** Locks the rounds: from here on their states stand. Answers with the entries' keys as two columns. */
  async lock(tx: CommandTransaction, keys: readonly string[]): Promise<[roundIds: string[], keys: string[]]> {
    this.states = await lockRounds(
      tx,
      [...this.rounds.values()].map((round) => round.id),
    );
    const parts = keys.map((key) => [key.slice(0, 36), key.slice(37)] as const).filter(([id, key]) => isUuid(id) && canBeKey(key));
    return [parts.map(([id]) => id), parts.map(([, key]) => key)];
  }

  /** What is wrong with the round that a row names. */
  problems(row: EntryRow): InputProblem[] {
    return this.round(row) === null ? [UNKNOWN] : [];
  }

  /** Whether the round of a row takes no more changes. Only after `lock`. */
  frozen(row: EntryRow): InputProblem[] {
    const round = this.round(row);
    if (round === null) return [];
    return ENTRY_STATES.includes(this.states.get(round.id)!) ? [] : [CLOSED];
  }
}
