import { stableId, statement, type CommandTransaction } from "@gongjian/database";
import { RoundEntity } from "@gongjian/entities-matching";
import {
  asGiven,
  roleAmong,
  bulkUpsert,
  ensure,
  missingEntities,
  type BulkOutcome,
  type IdempotencyConflict,
  writeRecords,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { mayImport } from "../roles";
import { canBeKey } from "../text";
import type { ImportRoundsInput, RoundRow } from "./round.inputs";
import { canKeepRound, ROUND_KEEPERS, scopesOfRound } from "./round.policy";
import { checkRound } from "./round.rules";
import { guestIds, guestProblems, regionScopes, ROUND_COLUMNS, unknown, valuesOf, type RoundValues } from "./round.store";
import type { Round } from "./round.type";

const LOCKED_BY_KEYS = statement(
  "round_locked_by_keys",
  `SELECT ${ROUND_COLUMNS} FROM round r WHERE r.key = ANY($1::text[]) ORDER BY r.id FOR NO KEY UPDATE`,
);

const lockByKeys = async (tx: CommandTransaction, keys: readonly string[]): Promise<Map<string, Round>> =>
  new Map((await tx.rows<Round>(LOCKED_BY_KEYS, [keys.filter(canBeKey)])).map((row) => [row.key!, row]));

/** Creates or updates rounds by key. */
export async function importRounds(context: Context, input: ImportRoundsInput): Promise<BulkOutcome | IdempotencyConflict> {
  const { viewer } = context;
  ensure(viewer, mayImport(viewer, ROUND_KEEPERS));
  const regions = await regionScopes(
    context,
    input.rows.map((row) => row.regionCode),
  );
  const events = input.rows.map((row) => row.eventId).filter((id): id is string => typeof id === "string");
  const missing = await missingEntities(context, "events", "Event", events, context.viewer);
  const guests = await guestProblems(context, input.rows);
  const scopesOf = (row: RoundRow) => scopesOfRound({ regionScopeCodes: regions.get(row.regionCode) ?? [] });
  return bulkUpsert<RoundRow, RoundValues, Round>(context, input, {
    operation: "importRounds",
    concept: "round",
    role: roleAmong(viewer, ROUND_KEEPERS),
    rows: input.rows,
    keyOf: (row) => row.key,
    check: (row) => [
      ...checkRound(row),
      ...guests(asGiven(row)),
      ...(regions.has(row.regionCode) ? [] : [unknown("regionCode", "region")]),
      ...(typeof row.eventId === "string" && missing.has(row.eventId) ? [unknown("eventId", "event")] : []),
    ],
    existing: lockByKeys,
    idOf: (stored) => stored.id,
    newId: (row) => stableId("round", row.key),
    toValues: (row, stored) => ({
      key: row.key,
      regionCode: row.regionCode,
      regionScopeCodes: regions.get(row.regionCode) ?? [],
      guestCommunityIds: guestIds(row.guestCommunityIds ?? []),
      year: row.year,
      title: row.title.trim(),
      eventId: row.eventId?.toLowerCase() ?? null,
      weights: stored?.weights ?? null,
      source: row.source ?? null,
    }),
    storedValues: valuesOf,
    permit: (row, stored) => canKeepRound(viewer, scopesOf(row)) && (stored === null || canKeepRound(viewer, scopesOfRound(stored))),
    write: async (tx, records) => {
      await writeRecords(
        tx,
        RoundEntity,
        records.map(({ id, values, existing }) => ({ entity: tx.manager.create(RoundEntity, { id, ...values }), existing })),
      );
    },
  });
}
