import { constraintOf, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { CompoundEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  alreadyExists,
  badInput,
  asGiven,
  bulkUpsert,
  command,
  defineLoader,
  ensure,
  ensureAmong,
  inOrder,
  isUuid,
  nestedList,
  notFound,
  roleAmong,
  versionConflict,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type ListArgs,
  type Page,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import type { Organisation } from "../organisation/organisation.type";
import { findPlace, type FoundPlace } from "../place/place";
import type { CompoundRow, CreateCompoundInput, ImportCompoundsInput, UpdateCompoundInput } from "./compound.inputs";
import { canKeepCompound, COMPOUND_KEEPERS } from "./compound.policy";
import { checkCompound, compoundNameKey } from "./compound.rules";
import type { Compound } from "./compound.type";

const COLUMNS = `d.id, d.community_id AS "communityId", d.name, d.kind, d.households, d.built_year AS "builtYear", d.manager_id AS "managerId",
  d.manager_name AS "managerName", d.illustrative, d.source, d.version`;
const BY_ID = statement("compounds_by_id", `SELECT ${COLUMNS} FROM compound d WHERE d.id = ANY($1::uuid[])`);
const ONE_LOCKED = statement("compound_locked", `SELECT ${COLUMNS} FROM compound d WHERE d.id = $1::uuid FOR UPDATE`);
const LOCKED = statement(
  "compounds_locked",
  `SELECT ${COLUMNS} FROM compound d JOIN unnest($1::uuid[], $2::text[]) AS k(community_id, name_key)
   ON d.community_id = k.community_id AND d.name_key = k.name_key ORDER BY d.id FOR UPDATE OF d`,
);

const byId = defineLoader<Context, string, Compound | null>(async (context, ids) =>
  inOrder(ids, await context.rows<Compound>(BY_ID, [ids]), ({ id }) => id),
);
const ofCommunity = nestedList<Context, ListArgs, Compound>({
  query: () => ({
    select: COLUMNS,
    from: "compound d",
    where: [],
    ordering: {
      tag: "community-compounds",
      keys: [
        { sql: "d.name", field: "name", type: "text" },
        { sql: "d.id", field: "id", type: "uuid" },
      ],
      direction: "ASC",
    },
  }),
  link: "d.community_id = parent.id",
  parentType: "uuid",
});

type Values = Omit<Compound, "id" | "version">;
const valuesOf = ({ id: _id, version: _version, ...values }: Compound): Values => values;
/** A record that was merged stands for its survivor: `manager` is the organisation that was found. */
const valuesFrom = (row: CompoundRow, manager: Pick<Organisation, "id"> | null): Values => ({
  communityId: row.communityId.toLowerCase(),
  name: row.name.trim(),
  kind: row.kind,
  households: row.households ?? null,
  builtYear: row.builtYear ?? null,
  managerId: manager?.id ?? null,
  managerName: row.managerName?.trim() ?? null,
  illustrative: row.illustrative ?? false,
  source: row.source ?? null,
});
const unknown = (field: string): InputProblem => ({ field, code: "UNKNOWN_REFERENCE", message: "There is no such record." });
const unknownManager = ({ managerId }: { managerId?: string | null }, found: Organisation | null): InputProblem[] =>
  managerId && !found ? [unknown("managerId")] : [];
const keyOf = ({ communityId, name }: { communityId: string; name: string }): string =>
  `${communityId.toLowerCase()}:${compoundNameKey(name)}`;

/** What a change makes of a compound: of the two ways to say who manages it, the one that is given takes the other's place. */
function changed(before: Values, input: UpdateCompoundInput, manager: Organisation | null): Values {
  const after = {
    ...before,
    name: input.name?.trim() ?? before.name,
    kind: input.kind ?? before.kind,
    households: input.households === undefined ? before.households : input.households,
    builtYear: input.builtYear === undefined ? before.builtYear : input.builtYear,
    managerId: input.managerId === undefined ? before.managerId : (manager?.id ?? null),
    managerName: input.managerName === undefined ? before.managerName : (input.managerName?.trim() ?? null),
  };
  if (input.managerId && !input.managerName) after.managerName = null;
  if (input.managerName && !input.managerId) after.managerId = null;
  return after;
}

/** Reads and writes compounds. */
export class CompoundService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Compound | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  ofCommunity(parent: string, args: ListArgs): Promise<Page<Compound>> {
    return this.context.load(ofCommunity, { parent, args });
  }

  async create(input: CreateCompoundInput): Promise<Compound | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const place = await findPlace(context, { communityId: input.compound.communityId });
    if (!place) throw notFound("Community");
    ensure(context.viewer, canKeepCompound(context.viewer, place.scopes));
    const manager = await this.manager(input.compound);
    const problems = [...checkCompound(input.compound), ...unknownManager(input.compound, manager)];
    if (problems.length > 0) throw badInput(problems);
    const id = uuidv7();
    const values = valuesFrom(input.compound, manager);
    return once(() =>
      command(context, "createCompound", actingRole(context.viewer, COMPOUND_KEEPERS, place.scopes), input, async (tx) => {
        await writeCompounds(tx, [{ id, values, existing: null }]);
        tx.audit({ action: "create", concept: "compound", entityId: id, before: null, after: values });
        return readBack(tx, id);
      }),
    );
  }

  async update(input: UpdateCompoundInput): Promise<Compound | AlreadyExists | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const compound = await this.byId(input.id);
    const place = compound && (await findPlace(context, { communityId: compound.communityId }));
    if (!compound || !place) throw notFound("Compound");
    ensure(context.viewer, canKeepCompound(context.viewer, place.scopes));
    const manager = await this.manager(input);
    const problems = unknownManager(input, manager);
    if (problems.length > 0) throw badInput(problems);
    return once<Compound | VersionConflict | IdempotencyConflict>(() =>
      command<Compound | VersionConflict>(
        context,
        "updateCompound",
        actingRole(context.viewer, COMPOUND_KEEPERS, place.scopes),
        input,
        async (tx) => {
          const [stored] = await tx.rows<Compound>(ONE_LOCKED, [compound.id]);
          if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
          const before = valuesOf(stored!);
          const after = changed(before, input, manager);
          const wrong = checkCompound(after);
          if (wrong.length > 0) throw badInput(wrong);
          await writeCompounds(tx, [{ id: compound.id, values: after, existing: stored! }]);
          tx.audit({ action: "update", concept: "compound", entityId: compound.id, before, after });
          return readBack(tx, compound.id);
        },
      ),
    );
  }

  async import(input: ImportCompoundsInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, COMPOUND_KEEPERS);
    const communityIds = [...new Set(input.rows.map(({ communityId }) => communityId))];
    const places = new Map<string, FoundPlace | null>(
      await Promise.all(communityIds.map(async (id) => [id, await findPlace(context, { communityId: id })] as const)),
    );
    const managers = new Map<CompoundRow, Organisation | null>(
      await Promise.all(input.rows.map(async (row) => [row, await this.manager(row)] as const)),
    );
    return bulkUpsert<CompoundRow, Values, Compound>(context, input, {
      operation: "importCompounds",
      concept: "compound",
      role: roleAmong(context.viewer, COMPOUND_KEEPERS),
      rows: input.rows,
      keyOf,
      check: (row) => [
        ...checkCompound(row),
        ...(places.get(row.communityId) ? [] : [unknown("communityId")]),
        ...unknownManager(asGiven(row), managers.get(asGiven(row)) ?? null),
      ],
      existing: async (tx, keys) => {
        const parts = keys
          .map((key) => [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)] as const)
          .filter(([id]) => isUuid(id));
        const rows = await tx.rows<Compound>(LOCKED, [parts.map(([id]) => id), parts.map(([, name]) => name)]);
        return new Map(rows.map((row) => [keyOf(row), row]));
      },
      idOf: ({ id }) => id,
      // a name is given anew when a compound is renamed: no id of it
      newId: () => uuidv7(),
      toValues: (row) => valuesFrom(row, managers.get(asGiven(row)) ?? (row.managerId ? { id: row.managerId } : null)),
      storedValues: valuesOf,
      // of the two ways to say who manages it, the one that is given takes the other's place
      kept: ({ managerId, managerName, ...stored }, given) =>
        given.managerId == null && given.managerName == null ? { ...stored, managerId, managerName } : stored,
      permit: (row) => canKeepCompound(context.viewer, places.get(row.communityId)?.scopes ?? []),
      write: writeCompounds,
    });
  }

  private async manager({ managerId }: { managerId?: string | null }): Promise<Organisation | null> {
    return managerId ? this.context.organisations.byId(managerId) : null;
  }
}

async function once<R>(work: () => Promise<R>): Promise<R | AlreadyExists> {
  try {
    return await work();
  } catch (error) {
    if (constraintOf(error)?.constraint === "compound_name_once") return alreadyExists("name");
    throw error;
  }
}

/** New records are inserted, never saved: of two writers of one name the second must fail. */
async function writeCompounds(tx: CommandTransaction, records: { id: string; values: Values; existing: Compound | null }[]): Promise<void> {
  const entityOf = (id: string, values: Values) => ({ ...values, id, nameKey: compoundNameKey(values.name) });
  const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => entityOf(id, values));
  if (created.length > 0) await tx.manager.insert(CompoundEntity, created);
  for (const { id, values, existing } of records)
    if (existing !== null) await tx.manager.update(CompoundEntity, { id }, entityOf(id, values));
}

async function readBack(tx: CommandTransaction, id: string): Promise<Compound> {
  const [row] = await tx.rows<Compound>(BY_ID, [[id]]);
  return { __typename: "Compound", ...row! } as Compound;
}
