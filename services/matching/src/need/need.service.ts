import { constraintOf, stableId, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { NeedEntity, type RoundState } from "@gongjian/entities-matching";
import {
  actingRole,
  alreadyExists,
  badInput,
  bulkUpsert,
  command,
  ensure,
  isUuid,
  missingEntities,
  notFound,
  versionConflict,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type Page,
  type PageArgs,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { mayImport, roleAmong } from "../roles";
import { EntryList } from "../round/entry-list";
import { lockRounds, reviseRounds } from "../round/round.locks";
import { ENTRY_STATES } from "../round/round.rules";
import { roundClosed, type RoundClosed } from "../round/round.results";
import type { RoundCommunity } from "../round/round-community.type";
import type { CreateNeedInput, ImportNeedsInput, NeedContent, NeedRow, NeedsArgs, UpdateNeedInput, WithdrawNeedInput } from "./need.inputs";
import { communitiesOfRound, NEED_COLUMNS, needById, needsOfCommunity, needsOfRound, needsOfRoundCommunity, needList } from "./need.lists";
import { withGivenKeys } from "../text";
import { canWriteNeed, NEED_WRITERS, scopesOfNeed } from "./need.policy";
import { checkNeed } from "./need.rules";
import type { Need } from "./need.type";

type StoredNeed = Need & { roundState: RoundState; regionScopeCodes: string[] };

const STORED = `SELECT ${NEED_COLUMNS}, r.state AS "roundState", r.region_scope_codes AS "regionScopeCodes" FROM need n JOIN round r ON r.id = n.round_id`;
const STORED_BY_ID = statement("need_stored", `${STORED} WHERE n.id = $1`);
const LOCKED = statement("need_locked", `${STORED} WHERE n.id = $1 FOR UPDATE OF n`);
const LOCKED_BY_KEYS = statement(
  "need_locked_by_keys",
  `${STORED} JOIN unnest($1::uuid[], $2::text[]) AS k(round_id, key) ON n.round_id = k.round_id AND n.key = k.key ORDER BY n.id FOR UPDATE OF n`,
);
const LIVE_UNITS = statement(
  "need_live_units",
  `SELECT COALESCE(sum(units), 0)::integer AS units FROM match WHERE need_id = $1 AND state NOT IN ('SUGGESTED', 'DECLINED')`,
);

type Values = Omit<Need, "id" | "version">;
const valuesOf = (need: Need): Values => {
  const { id: _id, version: _version, ...values } = need;
  for (const extra of ["roundState", "regionScopeCodes", "__typename"]) delete (values as Record<string, unknown>)[extra];
  return values;
};

const trimmed = (texts: readonly string[] | null | undefined): string[] => [...new Set((texts ?? []).map((text) => text.trim()))];

/** What an input says, over what stands already. */
function merged(
  content: NeedContent | NeedRow,
  before: Values | null,
  identity: Pick<Values, "key" | "roundId" | "communityId" | "illustrative" | "source">,
): Values {
  const keep = <K extends keyof Values>(field: K, given: Values[K] | null | undefined, standard: Values[K]): Values[K] =>
    given === undefined ? (before?.[field] ?? standard) : (given ?? standard);
  return {
    ...identity,
    kind: (content.kind ?? before?.kind)!,
    title: (content.title ?? before?.title ?? "").trim(),
    description: keep("description", content.description, null),
    fundKind: keep("fundKind", content.fundKind, "NONE"),
    budgetMin: keep("budgetMin", content.budgetMin, null),
    budgetMax: keep("budgetMax", content.budgetMax, null),
    currency: keep("currency", content.currency, "CNY"),
    startsOn: keep("startsOn", content.startsOn, null),
    endsOn: keep("endsOn", content.endsOn, null),
    tags: content.tags === undefined && before ? before.tags : trimmed(content.tags),
    requiredQualifications:
      content.requiredQualifications === undefined && before ? before.requiredQualifications : trimmed(content.requiredQualifications),
    beneficiaries: keep("beneficiaries", content.beneficiaries, null),
    quantity: keep("quantity", content.quantity, 1),
    state: before?.state ?? "OPEN",
  };
}

/** Reads and writes needs. */
export class NeedService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Need | null> {
    return isUuid(id) ? this.context.load(needById, id.toLowerCase()) : null;
  }

  list(args: NeedsArgs): Promise<Page<Need>> {
    return needList(this.context, args);
  }

  ofRound(roundId: string, args: NeedsArgs): Promise<Page<Need>> {
    return this.context.load(needsOfRound, { parent: roundId, args });
  }

  async ofCommunity(communityId: string, args: NeedsArgs): Promise<Page<Need> | null> {
    return isUuid(communityId) ? this.context.load(needsOfCommunity, { parent: communityId.toLowerCase(), args }) : null;
  }

  ofRoundCommunity(roundId: string, communityId: string): Promise<Need[]> {
    return this.context.load(needsOfRoundCommunity, { roundId, communityId });
  }

  communitiesOfRound(roundId: string, args: PageArgs): Promise<Page<RoundCommunity>> {
    return this.context.load(communitiesOfRound, { parent: roundId, args });
  }

  async create(input: CreateNeedInput): Promise<Need | RoundClosed | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const round = await context.rounds.byId(input.roundId);
    if (!round) throw notFound("Round");
    const scopes = scopesOfNeed(input.communityId, round);
    ensure(context.viewer, canWriteNeed(context.viewer, scopes));
    const problems = checkNeed(input);
    if ((await missingEntities(context, "communities", "Community", [input.communityId])).size > 0) {
      problems.push({ field: "communityId", code: "UNKNOWN_REFERENCE", message: "There is no such community." });
    }
    if (problems.length > 0) throw badInput(problems);
    const id = input.key ? stableId("need", `${round.id}:${input.key}`) : uuidv7();
    const values = merged(input, null, {
      key: input.key ?? null,
      roundId: round.id,
      communityId: input.communityId.toLowerCase(),
      illustrative: false,
      source: null,
    });
    try {
      return await command<Need | RoundClosed>(
        context,
        "createNeed",
        actingRole(context.viewer, NEED_WRITERS, scopes),
        input,
        async (tx) => {
          const state = (await lockRounds(tx, [round.id])).get(round.id)!;
          if (!ENTRY_STATES.includes(state)) return tx.rollback(roundClosed(state, ENTRY_STATES));
          await tx.manager.insert(NeedEntity, { id, ...values });
          await reviseRounds(tx, [round.id]);
          tx.audit({ action: "create", concept: "need", entityId: id, before: null, after: values });
          return readBack(tx, id);
        },
      );
    } catch (error) {
      if (constraintOf(error)?.code === "23505") return alreadyExists("key");
      throw error;
    }
  }

  update(input: UpdateNeedInput): Promise<Need | RoundClosed | VersionConflict | IdempotencyConflict> {
    return this.change("updateNeed", input, (before) => merged(input, before, before));
  }

  withdraw(input: WithdrawNeedInput): Promise<Need | RoundClosed | VersionConflict | IdempotencyConflict> {
    return this.change("withdrawNeed", input, (before) => ({ ...before, state: "WITHDRAWN" }));
  }

  async import(input: ImportNeedsInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, mayImport(context.viewer, NEED_WRITERS));
    const list = await EntryList.of(context, input.rows);
    const missing = await missingEntities(context, "communities", "Community", new Set(input.rows.map((row) => row.communityId)));
    const scopesOf = (row: NeedRow): Scopes => scopesOfNeed(row.communityId, list.round(row) ?? { regionScopeCodes: [] });
    const outcome = await bulkUpsert<NeedRow, Values, StoredNeed>(context, input, {
      operation: "importNeeds",
      concept: "need",
      role: roleAmong(context.viewer, NEED_WRITERS),
      rows: input.rows,
      keyOf: (row) => list.keyOf(row),
      check: (row) => {
        const problems = [...checkNeed(row), ...list.problems(row)];
        if (missing.has(row.communityId))
          problems.push({ field: "communityId", code: "UNKNOWN_REFERENCE", message: "There is no such community." });
        return problems;
      },
      existing: async (tx, keys) => {
        const rows = await tx.rows<StoredNeed>(LOCKED_BY_KEYS, await list.lock(tx, keys));
        return new Map(rows.map((row) => [`${row.roundId}:${row.key}`, row]));
      },
      idOf: (stored) => stored.id,
      newId: (row) => stableId("need", list.keyOf(row)),
      toValues: (row, stored) =>
        merged(row, stored && valuesOf(stored), {
          key: row.key,
          roundId: list.round(row)!.id,
          communityId: row.communityId.toLowerCase(),
          illustrative: row.illustrative ?? stored?.illustrative ?? false,
          source: row.source ?? stored?.source ?? null,
        }),
      storedValues: valuesOf,
      frozen: (row) => list.frozen(row),
      permit: (row, stored) =>
        canWriteNeed(context.viewer, scopesOf(row)) &&
        (stored === null || canWriteNeed(context.viewer, scopesOfNeed(stored.communityId, stored))),
      write: async (tx, records) => {
        const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => ({ id, ...values }));
        if (created.length > 0) await tx.manager.insert(NeedEntity, created);
        for (const { id, values, existing } of records) if (existing !== null) await tx.manager.update(NeedEntity, { id }, values);
        await reviseRounds(
          tx,
          records.map((record) => record.values.roundId),
        );
      },
    });
    return withGivenKeys(outcome, input.rows);
  }

  private async change<I extends UpdateNeedInput | WithdrawNeedInput>(
    operation: string,
    input: I,
    to: (before: Values) => Values,
  ): Promise<Need | RoundClosed | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const [need] = isUuid(input.id) ? await context.rows<StoredNeed>(STORED_BY_ID, [input.id]) : [];
    const scopes = need ? scopesOfNeed(need.communityId, need) : [];
    if (!need || (!canWriteNeed(context.viewer, scopes) && (await this.byId(input.id)) === null)) throw notFound("Need");
    ensure(context.viewer, canWriteNeed(context.viewer, scopes));
    return command<Need | RoundClosed | VersionConflict>(
      context,
      operation,
      actingRole(context.viewer, NEED_WRITERS, scopes),
      input,
      async (tx) => {
        const state = (await lockRounds(tx, [need.roundId])).get(need.roundId)!;
        const [stored] = await tx.rows<StoredNeed>(LOCKED, [need.id]);
        if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
        if (!ENTRY_STATES.includes(state)) return tx.rollback(roundClosed(state, ENTRY_STATES));
        const before = valuesOf(stored!);
        const after = to(before);
        const problems = checkNeed(after);
        const [{ units }] = (await tx.rows<{ units: number }>(LIVE_UNITS, [need.id])) as [{ units: number }];
        if (after.quantity < units || (after.state === "WITHDRAWN" && units > 0)) {
          problems.push({
            field: "quantity",
            code: "UNITS_PROMISED",
            message: `${units} units are promised in matches that are under way.`,
          });
        }
        if (problems.length > 0) throw badInput(problems);
        await tx.manager.update(NeedEntity, { id: need.id }, after);
        await reviseRounds(tx, [need.roundId]);
        tx.audit({ action: after.state === "WITHDRAWN" ? "withdraw" : "update", concept: "need", entityId: need.id, before, after });
        return readBack(tx, need.id);
      },
    );
  }
}

async function readBack(tx: CommandTransaction, id: string): Promise<Need> {
  const [row] = await tx.rows<StoredNeed>(STORED_BY_ID, [id]);
  return { __typename: "Need", id, version: row!.version, ...valuesOf(row!) } as unknown as Need;
}
