import { constraintOf, stableId, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { RoundEntity, type RoundState } from "@gongjian/entities-matching";
import {
  actingRole,
  alreadyExists,
  badInput,
  command,
  defineLoader,
  ensure,
  inOrder,
  isUuid,
  missingEntities,
  nestedList,
  nodesOf,
  notFound,
  readPage,
  versionConflict,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type ListQuery,
  type Page,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { mayImport } from "../roles";
import { canBeKey } from "../text";
import { visibleRounds } from "../visibility";
import { importRounds } from "./round.import";
import type { AdvanceRoundInput, CreateRoundInput, ImportRoundsInput, RoundsArgs, UpdateRoundInput } from "./round.inputs";
import { reviseRounds } from "./round.locks";
import { canKeepRound, ROUND_KEEPERS, scopesOfRound } from "./round.policy";
import type { RoundGuardFailed, RoundStepOutOfOrder } from "./round.results";
import { checkRound, guards, nextState, type RoundFigures } from "./round.rules";
import { guestIds, guestProblems, regionScopes, ROUND_COLUMNS, unknown, valuesOf, type RoundValues } from "./round.store";
import type { Round } from "./round.type";

const RAW_BY_ID = statement("round_raw_by_id", `SELECT ${ROUND_COLUMNS} FROM round r WHERE r.id = $1`);
const LOCKED = statement("round_locked", `SELECT ${ROUND_COLUMNS} FROM round r WHERE r.id = $1 FOR NO KEY UPDATE`);
const FIGURES = statement(
  "round_figures",
  `SELECT (SELECT count(*)::integer FROM need WHERE round_id = $1 AND state = 'OPEN') AS needs,
          (SELECT count(*)::integer FROM offer WHERE round_id = $1 AND state = 'OPEN') AS offers,
          (SELECT matched_revision IS NOT NULL AND matched_revision = revision FROM round WHERE id = $1) AS matched,
          count(*) FILTER (WHERE state = 'SUGGESTED')::integer AS suggested,
          count(*) FILTER (WHERE state = 'PROPOSED')::integer AS proposed,
          count(*) FILTER (WHERE state = 'ACCEPTED')::integer AS accepted,
          count(*) FILTER (WHERE state = 'SIGNED')::integer AS signed,
          count(*) FILTER (WHERE state = 'FULFILLED')::integer AS fulfilled
   FROM match WHERE round_id = $1`,
);

const ordering = (order: RoundsArgs["orderBy"]): ListQuery["ordering"] => ({
  tag: `rounds:${order ?? "YEAR_DESC"}`,
  keys: [
    { sql: "r.year", field: "year", type: "integer" },
    { sql: "r.id", field: "id", type: "uuid" },
  ],
  direction: order === "YEAR_ASC" ? "ASC" : "DESC",
});

const listOf = (context: Context, { filter, orderBy }: RoundsArgs): ListQuery => ({
  select: ROUND_COLUMNS,
  from: "round r",
  where: [
    ...visibleRounds(context.viewer),
    ...(filter?.within ? [{ sql: "r.region_scope_codes @> ARRAY[?::text]", params: [canBeKey(filter.within) ? filter.within : ""] }] : []),
    ...(typeof filter?.year === "number" ? [{ sql: "r.year = ?", params: [filter.year] }] : []),
    ...(filter?.state ? [{ sql: "r.state = ?", params: [filter.state] }] : []),
  ],
  ordering: ordering(orderBy),
});

/** Reads visible rounds by one column; what is hidden and what is missing are both absent. */
const visibleBy =
  (column: "id" | "key", type: "uuid" | "text") =>
  async (context: Context, keys: readonly string[]): Promise<Round[]> => {
    const query = {
      ...listOf(context, {}),
      where: [{ sql: `r.${column} = ANY(?::${type}[])`, params: [keys] }, ...visibleRounds(context.viewer)],
    };
    return context.select<Round>(query);
  };

const byId = defineLoader<Context, string, Round | null>(async (context, ids) =>
  inOrder(ids, await visibleBy("id", "uuid")(context, ids), (row) => row.id),
);
const byKey = defineLoader<Context, string, Round | null>(async (context, keys) =>
  inOrder(keys, await visibleBy("key", "text")(context, keys), (row) => row.key!),
);
const ofEvent = nestedList<Context, RoundsArgs, Round>({ query: listOf, link: "r.event_id = parent.id", parentType: "uuid" });
const ofRegion = nestedList<Context, RoundsArgs, Round>({ query: listOf, link: "r.region_code = parent.id", parentType: "text" });

const weightRecord = (weights: readonly { criterion: string; weight: number }[] | null | undefined): Record<string, number> | null =>
  weights ? Object.fromEntries(weights.map(({ criterion, weight }) => [criterion, weight])) : null;

/** Reads and writes rounds. */
export class RoundService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Round | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  async byKey(key: string): Promise<Round | null> {
    return canBeKey(key) ? this.context.load(byKey, key) : null;
  }

  /** The latest rounds whose two sides meet at the event. */
  async ofEvent(eventId: string, first: number): Promise<Round[]> {
    return isUuid(eventId) ? nodesOf(await this.context.load(ofEvent, { parent: eventId.toLowerCase(), args: { first } })) : [];
  }

  async ofRegion(code: string, args: RoundsArgs): Promise<Page<Round> | null> {
    return canBeKey(code) ? this.context.load(ofRegion, { parent: code, args }) : null;
  }

  list(args: RoundsArgs): Promise<Page<Round>> {
    return readPage<Round>(this.context, listOf(this.context, args), args);
  }

  /** The round whatever its state, for decisions about writing. */
  async stored(id: string): Promise<Round | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.context.rows<Round>(RAW_BY_ID, [id]);
    return row ?? null;
  }

  async locked(tx: CommandTransaction, id: string): Promise<Round> {
    const [row] = await tx.rows<Round>(LOCKED, [id]);
    if (!row) throw notFound("Round");
    return row;
  }

  async create(input: CreateRoundInput): Promise<Round | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, mayImport(context.viewer, ROUND_KEEPERS));
    const regions = await regionScopes(context, [input.regionCode]);
    const regionScopeCodes = regions.get(input.regionCode) ?? [];
    const scopes = scopesOfRound({ regionScopeCodes });
    ensure(context.viewer, canKeepRound(context.viewer, scopes));
    const problems = [
      ...checkRound(input),
      ...(regions.has(input.regionCode) ? [] : [unknown("regionCode", "region")]),
      ...(await this.checkEvent(input.eventId)),
      ...(await guestProblems(context, [input]))(input),
    ];
    if (problems.length > 0) throw badInput(problems);
    const id = input.key ? stableId("round", input.key) : uuidv7();
    const values: RoundValues = {
      key: input.key ?? null,
      regionCode: input.regionCode,
      regionScopeCodes,
      guestCommunityIds: guestIds(input.guestCommunityIds ?? []),
      year: input.year,
      title: input.title.trim(),
      eventId: input.eventId?.toLowerCase() ?? null,
      weights: weightRecord(input.weights),
      source: null,
    };
    try {
      return await command(context, "createRound", actingRole(context.viewer, ROUND_KEEPERS, scopes), input, async (tx) => {
        await tx.manager.insert(RoundEntity, { id, ...values });
        tx.audit({ action: "create", concept: "round", entityId: id, before: null, after: values });
        return this.readBack(tx, id);
      });
    } catch (error) {
      if (constraintOf(error)?.code === "23505") return alreadyExists("key");
      throw error;
    }
  }

  async update(input: UpdateRoundInput): Promise<Round | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const round = await this.keptBy(input.id);
    const problems = [...(await this.checkEvent(input.eventId)), ...(await guestProblems(context, [input]))(input)];
    if (problems.length > 0) throw badInput(problems);
    return command<Round | VersionConflict>(
      context,
      "updateRound",
      actingRole(context.viewer, ROUND_KEEPERS, scopesOfRound(round)),
      input,
      async (tx) => {
        const stored = await this.locked(tx, round.id);
        if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
        const before = valuesOf(stored);
        const after: RoundValues = {
          ...before,
          title: input.title?.trim() ?? before.title,
          eventId: input.eventId === undefined ? before.eventId : (input.eventId?.toLowerCase() ?? null),
          guestCommunityIds: input.guestCommunityIds === undefined ? before.guestCommunityIds : guestIds(input.guestCommunityIds ?? []),
          weights: input.weights === undefined ? before.weights : weightRecord(input.weights),
        };
        const wrong = checkRound({ ...after, weights: input.weights ?? null });
        if (wrong.length > 0) throw badInput(wrong);
        await tx.manager.update(
          RoundEntity,
          { id: round.id },
          { title: after.title, eventId: after.eventId, guestCommunityIds: after.guestCommunityIds, weights: after.weights as never },
        );
        if (input.weights !== undefined) await reviseRounds(tx, [round.id]);
        tx.audit({ action: "update", concept: "round", entityId: round.id, before, after });
        return this.readBack(tx, round.id);
      },
    );
  }

  /** Takes the next step, when nothing stands in its way. A database trigger refuses any other order as well. */
  async advance(input: AdvanceRoundInput): Promise<Round | RoundStepOutOfOrder | RoundGuardFailed | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const round = await this.keptBy(input.id);
    return command<Round | RoundStepOutOfOrder | RoundGuardFailed | VersionConflict>(
      context,
      "advanceRound",
      actingRole(context.viewer, ROUND_KEEPERS, scopesOfRound(round)),
      input,
      async (tx) => {
        const stored = await this.locked(tx, round.id);
        if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
        const next = nextState(stored.state);
        if (next !== input.to) return tx.rollback(outOfOrder(stored.state, next));
        const [figures] = await tx.rows<RoundFigures>(FIGURES, [round.id]);
        const reasons = guards(input.to, figures!);
        if (reasons.length > 0)
          return tx.rollback({ __typename: "RoundGuardFailed" as const, message: "Something has to be done before this step.", reasons });
        await tx.manager.update(RoundEntity, { id: round.id }, { state: input.to });
        // what is only suggested lapses with that step: a trigger sees to it, whoever takes it
        const lapsed = input.to === "SIGNED" ? { lapsed: figures!.suggested } : {};
        const after = { state: input.to, ...lapsed };
        tx.audit({ action: "advance", concept: "round", entityId: round.id, before: { state: stored.state }, after });
        return this.readBack(tx, round.id);
      },
    );
  }

  import(input: ImportRoundsInput): Promise<BulkOutcome | IdempotencyConflict> {
    return importRounds(this.context, input);
  }

  /** The round, for somebody who may keep it. One that the viewer may not even see looks missing. */
  async keptBy(id: string): Promise<Round> {
    const round = await this.stored(id);
    const { viewer } = this.context;
    if (!round || (!canKeepRound(viewer, scopesOfRound(round)) && (await this.byId(id)) === null)) throw notFound("Round");
    ensure(viewer, canKeepRound(viewer, scopesOfRound(round)));
    return round;
  }

  /** Marks the round, which is locked, as matched as it stands: now and with this value. */
  async markMatched(tx: CommandTransaction, id: string, value: number): Promise<void> {
    const now = { matchedAt: () => "clock_timestamp()", matchedRevision: () => "revision" };
    await tx.manager.update(RoundEntity, { id }, { ...now, matchValue: String(value) });
  }

  async readBack(tx: CommandTransaction, id: string): Promise<Round> {
    const [row] = await tx.rows<Round>(RAW_BY_ID, [id]);
    return { __typename: "Round", ...row! } as Round;
  }

  private async checkEvent(id: string | null | undefined): Promise<InputProblem[]> {
    if (!id) return [];
    return (await missingEntities(this.context, "events", "Event", [id], this.context.viewer)).size > 0
      ? [unknown("eventId", "event")]
      : [];
  }
}

const outOfOrder = (state: RoundState, next: RoundState | null): RoundStepOutOfOrder => ({
  __typename: "RoundStepOutOfOrder",
  message: "A round goes one step at a time.",
  state,
  next,
});
