import { constraintOf, stableId, uuidv7, type CommandTransaction } from "@gongjian/database";
import {
  actingRole,
  alreadyExists,
  badInput,
  asGiven,
  bulkUpsert,
  command,
  ensure,
  isUuid,
  missingEntities,
  notFound,
  roleAmong,
  versionConflict,
  type BulkInput,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type Scopes,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { mayImport } from "../roles";
import { withGivenKeys } from "../text";
import {
  entryStatements,
  type ChangeOfEntry,
  type Entry,
  type EntryChanged,
  type EntryCreated,
  type EntryKind,
  type EntryOrigin,
  type EntryValues,
  type ImportedEntry,
  type NewEntry,
  type StoredEntry,
} from "./entry-kind";
import { EntryList } from "./entry-list";
import { lockRounds, reviseRounds } from "./round.locks";
import { roundClosed } from "./round.results";
import { ENTRY_STATES } from "./round.rules";

/** Writes one kind of entry of a round's list, while the round takes entries. Every write asks for a new matching of the round. */
export class EntryWriter<Owner extends string, Units extends string, Content extends Record<Units, number>, Given extends object> {
  private readonly concept: string;
  private readonly statements: ReturnType<typeof entryStatements>;

  constructor(private readonly kind: EntryKind<Owner, Units, Content, Given>) {
    this.concept = kind.type.toLowerCase();
    this.statements = entryStatements(this.concept, kind.alias, kind.columns);
  }

  /** @throws PublicError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, PEER_UNAVAILABLE */
  async create(context: Context, input: NewEntry<Owner, Given>): Promise<EntryCreated<Entry<Owner, Content>>> {
    const { kind, concept } = this;
    const round = await context.rounds.byId(input.roundId);
    if (!round) throw notFound("Round");
    const scopes = kind.scopesOf(this.ownerOf(input), round);
    ensure(context.viewer, kind.mayWrite(context.viewer, scopes));
    const unknown = await this.unknown(context, [input]);
    const outside = await kind.outside?.(context, [input]);
    const problems = [...kind.check(input), ...unknown(input), ...(outside?.(input, round) ?? [])];
    if (problems.length > 0) throw badInput(problems);
    const id = input.key ? stableId(concept, `${round.id}:${input.key}`) : uuidv7();
    const values = this.valuesOf(input, null, { key: input.key ?? null, roundId: round.id, illustrative: false, source: null });
    const role = actingRole(context.viewer, kind.writers, scopes);
    try {
      return await command<EntryCreated<Entry<Owner, Content>>>(context, `create${kind.type}`, role, input, async (tx) => {
        const state = (await lockRounds(tx, [round.id])).get(round.id)!;
        if (!ENTRY_STATES.includes(state)) return tx.rollback(roundClosed(state, ENTRY_STATES));
        await tx.manager.insert(kind.entity, { id, ...values });
        await reviseRounds(tx, [round.id]);
        tx.audit({ action: "create", concept, entityId: id, before: null, after: values });
        return this.readBack(tx, id);
      });
    } catch (error) {
      if (constraintOf(error)?.code === "23505") return alreadyExists("key");
      throw error;
    }
  }

  /** @throws PublicError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, PEER_UNAVAILABLE */
  update(context: Context, input: Given & ChangeOfEntry): Promise<EntryChanged<Entry<Owner, Content>>> {
    return this.change("update", context, input, (before) => ({ ...before, ...this.kind.merged(input, before) }), input);
  }

  /** An entry that is withdrawn already stays as it is. @throws PublicError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT when units of it are promised */
  withdraw(context: Context, input: ChangeOfEntry): Promise<EntryChanged<Entry<Owner, Content>>> {
    return this.change("withdraw", context, input, (before) => ({ ...before, state: "WITHDRAWN" as const }));
  }

  /** Creates or updates entries by round and external key, each row decided by itself. @throws PublicError FORBIDDEN, PEER_UNAVAILABLE */
  async import<Row extends ImportedEntry<Owner, Given>>(
    context: Context,
    input: BulkInput & { rows: Row[] },
  ): Promise<BulkOutcome | IdempotencyConflict> {
    const { kind, concept } = this;
    const { viewer } = context;
    const { rows } = input;
    ensure(viewer, mayImport(viewer, kind.writers));
    const list = await EntryList.of(context, rows);
    const unknown = await this.unknown(context, rows);
    const outside = await kind.outside?.(context, rows);
    const beyond = (row: Row, stored: StoredEntry<Owner, Content> | null): InputProblem[] => {
      const round = list.round(row);
      const stays = stored !== null && this.ownerOf(stored) === this.ownerOf(row).toLowerCase();
      return round === null || stays ? [] : (outside?.(row, round) ?? []);
    };
    const scopesOf = (row: Row): Scopes => kind.scopesOf(this.ownerOf(row), list.round(row) ?? { regionScopeCodes: [] });
    const outcome = await bulkUpsert<Row, EntryValues<Owner, Content>, StoredEntry<Owner, Content>>(context, input, {
      operation: `import${kind.type}s`,
      concept,
      role: roleAmong(viewer, kind.writers),
      rows,
      keyOf: (row) => list.keyOf(row),
      check: (row) => [...kind.check(row), ...list.problems(row), ...unknown(asGiven(row))],
      existing: async (tx, keys) => {
        const found = await tx.rows<StoredEntry<Owner, Content>>(this.statements.lockedByKeys, await list.lock(tx, keys));
        return new Map(found.map((stored) => [`${stored.roundId}:${stored.key}`, stored]));
      },
      idOf: (stored) => stored.id,
      newId: (row) => stableId(concept, list.keyOf(row)),
      toValues: (row, stored) =>
        this.valuesOf(row, stored && storedValues(stored), {
          key: row.key,
          roundId: list.round(row)!.id,
          illustrative: row.illustrative ?? false,
          source: row.source ?? null,
        }),
      storedValues,
      frozen: (row, stored) => [...list.frozen(row), ...beyond(row, stored)],
      permit: (row, stored) => kind.mayWrite(viewer, scopesOf(row)) && (stored === null || kind.mayWrite(viewer, this.scopesOf(stored))),
      write: async (tx, records) => {
        const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => ({ id, ...values }));
        if (created.length > 0) await tx.manager.insert(kind.entity, created);
        for (const { id, values, existing } of records) if (existing !== null) await tx.manager.update(kind.entity, { id }, values);
        await reviseRounds(
          tx,
          records.map((record) => record.values.roundId),
        );
      },
    });
    return withGivenKeys(outcome, rows);
  }

  private async change(
    verb: "update" | "withdraw",
    context: Context,
    input: ChangeOfEntry,
    to: (before: EntryValues<Owner, Content>) => EntryValues<Owner, Content>,
    given?: Given,
  ): Promise<EntryChanged<Entry<Owner, Content>>> {
    const { kind, concept, statements } = this;
    const { viewer } = context;
    const [entry] = isUuid(input.id) ? await context.rows<StoredEntry<Owner, Content>>(statements.byId, [input.id]) : [];
    const scopes = entry ? this.scopesOf(entry) : [];
    if (!entry || (!kind.mayWrite(viewer, scopes) && (await kind.seen(context, entry.id)) === null)) throw notFound(kind.type);
    ensure(viewer, kind.mayWrite(viewer, scopes));
    // asked before the transaction, so that no lock waits for another service
    const unknown = given && kind.unknown ? (await kind.unknown(context, [given]))(given) : [];
    if (unknown.length > 0) throw badInput(unknown);
    const role = actingRole(viewer, kind.writers, scopes);
    return command<EntryChanged<Entry<Owner, Content>>>(context, `${verb}${kind.type}`, role, input, async (tx) => {
      const state = (await lockRounds(tx, [entry.roundId])).get(entry.roundId)!;
      const [stored] = await tx.rows<StoredEntry<Owner, Content>>(statements.locked, [entry.id]);
      if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
      if (!ENTRY_STATES.includes(state)) return tx.rollback(roundClosed(state, ENTRY_STATES));
      const before = storedValues(stored!);
      if (verb === "withdraw" && before.state === "WITHDRAWN") return this.readBack(tx, entry.id);
      const after = to(before);
      const problems = [...kind.check(after), ...(await this.promised(tx, entry.id, after))];
      if (problems.length > 0) throw badInput(problems);
      await tx.manager.update(kind.entity, { id: entry.id }, after);
      await reviseRounds(tx, [entry.roundId]);
      tx.audit({ action: verb, concept, entityId: entry.id, before, after });
      return this.readBack(tx, entry.id);
    });
  }

  /** What is wrong when matches that are under way count on more units than the entry would have. */
  private async promised(tx: CommandTransaction, id: string, after: EntryValues<Owner, Content>): Promise<InputProblem[]> {
    const [live] = await tx.rows<{ units: number }>(this.statements.liveUnits, [id]);
    const { units } = live!;
    const left: number = after.state === "WITHDRAWN" ? 0 : after[this.kind.units];
    if (left >= units) return [];
    return [
      { field: this.kind.units, code: "UNITS_PROMISED", message: `${units} units are promised in matches or projects that are under way.` },
    ];
  }

  /** Asks communities for the owners, and whatever else the entries refer to, once for all. */
  private async unknown(
    context: Context,
    given: readonly (Given & Record<Owner, string>)[],
  ): Promise<(given: Given & Record<Owner, string>) => InputProblem[]> {
    const { owner, unknown } = this.kind;
    const missing = await missingEntities(context, "communities", owner.type, new Set(given.map((each) => this.ownerOf(each))));
    const others = await unknown?.(context, given);
    const noOwner: InputProblem = {
      field: owner.field,
      code: "UNKNOWN_REFERENCE",
      message: `There is no such ${owner.type.toLowerCase()}.`,
    };
    return (each) => [...(missing.has(this.ownerOf(each)) ? [noOwner] : []), ...(others?.(each) ?? [])];
  }

  private ownerOf(of: Record<Owner, string>): string {
    return of[this.kind.owner.field];
  }

  private scopesOf(stored: StoredEntry<Owner, Content>): Scopes {
    return this.kind.scopesOf(this.ownerOf(stored), stored);
  }

  /** What is stored for an input with an owner. */
  private valuesOf(
    given: Given & Record<Owner, string>,
    before: EntryValues<Owner, Content> | null,
    origin: EntryOrigin,
  ): EntryValues<Owner, Content> {
    const owner = { [this.kind.owner.field]: this.ownerOf(given).toLowerCase() } as Record<Owner, string>;
    return { ...this.kind.merged(given, before), ...owner, ...origin, state: before?.state ?? "OPEN" } as EntryValues<Owner, Content>;
  }

  private async readBack(tx: CommandTransaction, id: string): Promise<Entry<Owner, Content>> {
    const [row] = await tx.rows<StoredEntry<Owner, Content>>(this.statements.byId, [id]);
    return { __typename: this.kind.type, id, version: row!.version, ...storedValues(row!) };
  }
}

/** The stored row without what the database keeps for itself. */
function storedValues<Owner extends string, Content>(stored: StoredEntry<Owner, Content>): EntryValues<Owner, Content> {
  const { id: _id, version: _version, regionScopeCodes: _codes, ...values } = stored;
  return values as unknown as EntryValues<Owner, Content>;
}
