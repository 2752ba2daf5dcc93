import { constraintOf, type CommandTransaction } from "@gongjian/database";
import { Field, InputType } from "type-graphql";
import type { SubgraphContext } from "../context/context";
import { badInput, type InputProblem } from "../errors";
import type { Role } from "../identity";
import { bulkOutcome, type BulkOutcome, type IdempotencyConflict, type RowOutcome } from "../results/results";
import { checkStorable, isStorable } from "../schema/checks";
import { command, CommandInput } from "./command";

/** How many rows one bulk mutation takes. A longer list is sent in parts. */
export const MOST_ROWS = 2000;
const UNIQUE_VIOLATION = "23505";
/** A list meets others on several records at most a few times. */
const MOST_TRIES = 5;

/** What the input of every bulk mutation has beside its rows. Of a record that exists, a field left out of a row stays; null empties it. */
@InputType()
export abstract class BulkInput extends CommandInput {
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Check everything and answer as if written, but write nothing. Of a record that exists, a field that a row leaves out stays as it is; null empties it.",
  })
  dryRun?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Write the good rows even when others are refused. Otherwise one refused row means that nothing is written.",
  })
  skipBadRows?: boolean | null;
}

/** How one concept is imported: rows are found again by key, compared, and written when they differ. */
export interface BulkPlan<Row, Values extends object, Existing> {
  operation: string;
  concept: string;
  role: Role;
  rows: readonly Row[];
  /** The external key of a row. Two rows of one input must not share it. */
  keyOf: (row: Row) => string;
  /** What is wrong with the row itself, apart from what is stored. */
  check: (row: Row, index: number) => InputProblem[];
  /** The records that the keys already have, locked for update. */
  existing: (tx: CommandTransaction, keys: string[]) => Promise<Map<string, Existing>>;
  idOf: (existing: Existing) => string;
  /** The id that a new record gets. */
  newId: (row: Row) => string;
  /** What the row says, in the shape that is stored and compared. What it left out already says what is stored. */
  toValues: (row: Row, existing: Existing | null) => Values;
  /** What is stored now, in the same shape. */
  storedValues: (existing: Existing) => Values;
  /** Whether the key has come to mean another record, which another key speaks for: the row is answered with that one, and changes nothing. */
  standsFor?: (row: Row, existing: Existing) => boolean;
  /**
   * What is stored, under the names of the row's fields: a field that the row leaves out says this, before the row is checked. The stored
   * values when left out here, which is right where they have the names of the row's fields.
   */
  kept?: (existing: Existing, given: Row) => object;
  /** Whether the viewer may write it, given what is stored. */
  permit: (row: Row, existing: Existing | null) => boolean;
  /** What forbids changing or creating the record now, whoever asks. A row that already is as given is not held to it. */
  frozen?: (row: Row, existing: Existing | null) => InputProblem[];
  /** Writes the records. Answers true when it has written anything beside them, e.g. taken away what no row names. */
  write: (tx: CommandTransaction, records: { id: string; values: Values; existing: Existing | null }[]) => Promise<void | boolean>;
}

const givenRows = new WeakMap<object, object>();

/** The row as it was sent, before what it left out was filled in from what is stored. */
export const asGiven = <Row>(row: Row): Row => (givenRows.get(row as object) as Row | undefined) ?? row;

/** The row, with what it leaves out (not what it empties) taken from what is stored. */
function filled<Row>(row: Row, kept: object): Row {
  const given = Object.entries(row as object).filter(([, value]) => value !== undefined);
  const whole = { ...kept, ...Object.fromEntries(given) } as object;
  givenRows.set(whole, row as object);
  return whole as Row;
}

const refused = (index: number, key: string, problems: InputProblem[]): RowOutcome => ({
  index,
  // the answer is kept for a replay, and a key that cannot be stored would fail it
  key: isStorable(key) ? key : null,
  status: "REFUSED",
  id: null,
  problems,
});

/** JSON with sorted keys, so that equal values compare equal whatever order they were built in. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    item !== null && typeof item === "object" && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );

function statusOf<Row, Values extends object, Existing>(
  plan: BulkPlan<Row, Values, Existing>,
  row: Row,
  existing: Existing | null,
  same: boolean,
): string {
  if (existing === null) return "CREATED";
  if (same && plan.standsFor?.(row, existing)) return "MERGED";
  return same ? "UNCHANGED" : "UPDATED";
}

const CHUNK = 500;

/**
 * Writes records whole. What is new is inserted, never saved: of two who enter one record at once `save` would find the first one's and
 * write over it, though both were told that theirs is there.
 */
export async function writeRecords<E extends object>(
  tx: CommandTransaction,
  target: new () => E,
  records: readonly { entity: E; existing: unknown }[],
): Promise<void> {
  const [created, changed] = [true, false].map((fresh) =>
    records.filter(({ existing }) => (existing === null) === fresh).map(({ entity }) => entity),
  ) as [E[], E[]];
  for (let from = 0; from < created.length; from += CHUNK) await tx.manager.insert(target, created.slice(from, from + CHUNK) as never);
  await tx.manager.save(changed, { chunk: CHUNK });
}

/** Runs a bulk mutation: every row gets its answer, and nothing is written unless all rows are good or `skipBadRows` is asked for. */
export async function bulkUpsert<Row, Values extends object, Existing>(
  context: SubgraphContext,
  input: BulkInput,
  plan: BulkPlan<Row, Values, Existing>,
): Promise<BulkOutcome | IdempotencyConflict> {
  if (plan.rows.length > MOST_ROWS)
    throw badInput([{ field: "rows", code: "TOO_MANY", message: `At most ${MOST_ROWS} rows are taken at once.` }]);
  return withLatecomers(() => upsert(context, input, plan));
}

/**
 * Somebody else may enter one of the new records between the look and the write: the database refuses the second of two. Tried anew, the
 * record is found, and compared as any other. What the database refuses for another reason it refuses again.
 */
async function withLatecomers<R>(work: () => Promise<R>): Promise<R> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === MOST_TRIES || constraintOf(error)?.code !== UNIQUE_VIOLATION) throw error;
    }
  }
}

function upsert<Row, Values extends object, Existing>(
  context: SubgraphContext,
  input: BulkInput,
  plan: BulkPlan<Row, Values, Existing>,
): Promise<BulkOutcome | IdempotencyConflict> {
  return command(context, plan.operation, plan.role, input, async (tx) => {
    const keys = plan.rows.map(plan.keyOf);
    const unstorable = plan.rows.map((row) => checkStorable(row));
    const stored = await plan.existing(tx, [...new Set(keys.filter((_, index) => unstorable[index]!.length === 0))]);
    const seen = new Set<string>();
    const outcomes: RowOutcome[] = [];
    const records: { id: string; values: Values; existing: Existing | null }[] = [];
    plan.rows.forEach((given, index) => {
      const key = keys[index]!;
      const existing = stored.get(key) ?? null;
      const row = existing === null ? given : filled(given, plan.kept?.(existing, given) ?? plan.storedValues(existing));
      const found = plan.check(row, index);
      const problems = [...found, ...unstorable[index]!.filter(({ field }) => !found.some((other) => other.field === field))];
      if (seen.has(key)) problems.push({ field: "key", code: "DUPLICATE_KEY", message: "Another row above has the same key." });
      seen.add(key);
      if (problems.length === 0 && !plan.permit(row, existing))
        problems.push({ field: "key", code: "FORBIDDEN", message: "You may not write this record." });
      if (problems.length > 0) return void outcomes.push(refused(index, key, problems));
      const values = plan.toValues(row, existing);
      const id = existing === null ? plan.newId(row) : plan.idOf(existing);
      const same = existing !== null && canonical(plan.storedValues(existing)) === canonical(values);
      const frozen = same ? [] : (plan.frozen?.(row, existing) ?? []);
      if (frozen.length > 0) return void outcomes.push(refused(index, key, frozen));
      outcomes.push({ index, key, status: statusOf(plan, row, existing, same), id, problems: [] });
      if (!same) records.push({ id, values, existing });
    });
    const bad = outcomes.some((outcome) => outcome.status === "REFUSED");
    if (bad && input.skipBadRows !== true) return tx.rollback(bulkOutcome(outcomes, false));
    const wroteMore = (await plan.write(tx, records)) === true;
    for (const { id, values, existing } of records) {
      tx.audit({
        action: existing === null ? "create" : "update",
        concept: plan.concept,
        entityId: id,
        before: existing === null ? null : plan.storedValues(existing),
        after: values,
      });
    }
    const outcome = bulkOutcome(outcomes, input.dryRun !== true && (records.length > 0 || wroteMore));
    return input.dryRun === true ? tx.rollback(outcome) : outcome;
  });
}
