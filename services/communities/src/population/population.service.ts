import { constraintOf, stableId, statement } from "@gongjian/database";
import {
  actingRole,
  alreadyExists,
  badInput,
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
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type ListArgs,
  type Page,
  type Scopes,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { scopesOfCommunity } from "../community/community.policy";
import { ETHNIC_GROUPS, ethnicGroup } from "./ethnic-groups";
import type { ImportPopulationsInput, PopulationSnapshotRow, RecordPopulationInput } from "./population.inputs";
import { TODAY } from "../pairing/pairing.lists";
import { canRecordPopulation, POPULATION_RECORDERS } from "./population.policy";
import { checkPopulation } from "./population.rules";
import { HAS_GROUPS, SHOWN_COLUMNS, STORED_COLUMNS, TOO_FEW, writeSnapshots, type Stored, type Values } from "./population.store";
import type { PopulationSnapshot } from "./population.type";

const BY_ID = statement("population_by_id", `SELECT ${SHOWN_COLUMNS} FROM population_snapshot p WHERE p.id = ANY($1::uuid[])`);
const LATEST = statement(
  "population_latest",
  `SELECT DISTINCT ON (k.community_id, k.day) k.day, ${SHOWN_COLUMNS} FROM unnest($1::uuid[], $2::date[]) AS k(community_id, day)
   JOIN population_snapshot p ON p.community_id = k.community_id AND p.as_of <= coalesce(k.day, ${TODAY}) ORDER BY k.community_id, k.day, p.as_of DESC`,
);
/** For each figure the latest snapshot that has it: one that counts the residents alone takes nothing away from what was known before. */
const KNOWN = statement(
  "population_known",
  `SELECT DISTINCT ON (p.community_id, f.figure) f.figure, ${SHOWN_COLUMNS} FROM population_snapshot p CROSS JOIN LATERAL (VALUES
     ('residents', p.residents IS NOT NULL), ('households', p.households IS NOT NULL), ('compounds', p.compounds IS NOT NULL),
     ('ethnicGroups', ${HAS_GROUPS} AND NOT ${TOO_FEW})
   ) AS f(figure, known)
   WHERE p.community_id = ANY($1::uuid[]) AND p.as_of <= ${TODAY} AND f.known ORDER BY p.community_id, f.figure, p.as_of DESC`,
);
const LOCKED = statement(
  "population_locked",
  `SELECT ${STORED_COLUMNS} FROM population_snapshot p JOIN unnest($1::uuid[], $2::date[]) AS k(community_id, as_of) ON p.community_id = k.community_id AND p.as_of = k.as_of FOR UPDATE OF p`,
);

/** What is shown of a snapshot, before the letters and names, which are the standard's and not stored. */
type Shown = Omit<PopulationSnapshot, "ethnicGroups"> & { ethnicGroups: { code: number; count: number | null; suppressed: boolean }[] };

const withNames = (row: Shown): PopulationSnapshot => ({
  ...row,
  ethnicGroups: row.ethnicGroups.map(({ code, ...group }) => ({ ...ETHNIC_GROUPS[code - 1]!, ...group })),
});

const byId = defineLoader<Context, string, PopulationSnapshot | null>(async (context, ids) =>
  inOrder(ids, (await context.rows<Shown>(BY_ID, [ids])).map(withNames), (row) => row.id),
);
interface LatestKey {
  communityId: string;
  /** The day on which it was the latest; null: of all. */
  day: string | null;
}
const latestKey = ({ communityId, day }: LatestKey): string => `${communityId}:${day ?? ""}`;
const latest = defineLoader<Context, LatestKey, PopulationSnapshot | null>(async (context, keys) => {
  const rows = await context.rows<Shown & { day: string | null }>(LATEST, [
    keys.map(({ communityId }) => communityId),
    keys.map(({ day }) => day),
  ]);
  const found = new Map(rows.map(({ day, ...row }) => [latestKey({ communityId: row.communityId, day }), withNames(row)]));
  return keys.map((key) => found.get(latestKey(key)) ?? null);
}, latestKey);
/** The latest snapshots that have each figure. */
export type KnownPopulation = Partial<Record<"residents" | "households" | "compounds" | "ethnicGroups", PopulationSnapshot>>;
const known = defineLoader<Context, string, KnownPopulation>(async (context, ids) => {
  const found = new Map<string, KnownPopulation>();
  for (const { figure, ...row } of await context.rows<Shown & { figure: keyof KnownPopulation }>(KNOWN, [ids]))
    found.set(row.communityId, { ...found.get(row.communityId), [figure]: withNames(row) });
  return ids.map((id) => found.get(id) ?? {});
});
const ofCommunity = nestedList<Context, ListArgs, Shown>({
  query: () => ({
    select: SHOWN_COLUMNS,
    from: "population_snapshot p",
    where: [],
    ordering: { tag: "populations", keys: [{ sql: "p.as_of", field: "asOf", type: "date" }], direction: "DESC" },
  }),
  link: "p.community_id = parent.id",
  parentType: "uuid",
});

const valuesOf = (stored: Stored): Values => {
  const { id: _id, version: _version, ...values } = stored;
  return values;
};

const draftValues = (row: PopulationSnapshotRow): Values => ({
  communityId: row.communityId.toLowerCase(),
  asOf: row.asOf,
  residents: row.residents ?? null,
  residentsPrecision: row.residentsPrecision ?? "EXACT",
  households: row.households ?? null,
  compounds: row.compounds ?? null,
  // a group that was counted as nobody does not live there
  ethnicGroupCount: row.ethnicGroupCount ?? ((row.ethnicGroups ?? []).filter(({ count }) => count !== 0).length || null),
  ethnicGroups: (row.ethnicGroups ?? [])
    .map(({ group, count }) => ({ code: ethnicGroup(group)!.code, count: count ?? null }))
    .sort((a, b) => a.code - b.code),
  source: row.source ?? null,
});

/** What a stored snapshot says, under the names that a row has for it. A number of groups that only counts the named ones is counted anew. */
function keptSnapshot(stored: Stored): object {
  const values = valuesOf(stored);
  const ethnicGroups = values.ethnicGroups.map(({ code, count }) => ({ group: String(code), count }));
  const counted = ethnicGroups.filter(({ count }) => count !== 0).length || null;
  return { ...values, ethnicGroups, ethnicGroupCount: values.ethnicGroupCount === counted ? undefined : values.ethnicGroupCount };
}

const keyOf = (row: { communityId: string; asOf: string }): string => `${row.communityId.toLowerCase()}:${row.asOf}`;

/** Reads and writes population snapshots. */
export class PopulationService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<PopulationSnapshot | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  /** The latest snapshot, or the latest of those up to a day. */
  latest(communityId: string, day: string | null): Promise<PopulationSnapshot | null> {
    return this.context.load(latest, { communityId, day });
  }

  /** For each figure the latest snapshot that has it. */
  known(communityId: string): Promise<KnownPopulation> {
    return this.context.load(known, communityId);
  }

  async ofCommunity(communityId: string, args: ListArgs): Promise<Page<PopulationSnapshot>> {
    const page = await this.context.load(ofCommunity, { parent: communityId, args });
    return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: withNames(node) })) };
  }

  async record(input: RecordPopulationInput): Promise<PopulationSnapshot | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const scopes = await this.scopes(input.snapshot.communityId);
    if (!scopes) throw notFound("Community");
    ensure(context.viewer, canRecordPopulation(context.viewer, scopes));
    const problems = checkPopulation(input.snapshot, await context.calendars.today());
    if (problems.length > 0) throw badInput(problems);
    const values = draftValues(input.snapshot);
    const id = stableId("population-snapshot", keyOf(values));
    try {
      return await command(context, "recordPopulation", actingRole(context.viewer, POPULATION_RECORDERS, scopes), input, async (tx) => {
        if ((await tx.rows<Shown>(BY_ID, [[id]])).length > 0) return tx.rollback(alreadyExists("asOf"));
        await writeSnapshots(tx, [{ id, values, existing: null }]);
        tx.audit({ action: "create", concept: "population-snapshot", entityId: id, before: null, after: values });
        const [row] = await tx.rows<Shown>(BY_ID, [[id]]);
        return { __typename: "PopulationSnapshot", ...withNames(row!) } as PopulationSnapshot;
      });
    } catch (error) {
      if (constraintOf(error)?.code === "23505") return alreadyExists("asOf");
      throw error;
    }
  }

  async import(input: ImportPopulationsInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, POPULATION_RECORDERS);
    const ids = [...new Set(input.rows.map((row) => row.communityId))];
    const scopes = new Map(await Promise.all(ids.map(async (id) => [id, await this.scopes(id)] as const)));
    const today = await context.calendars.today();
    return bulkUpsert<PopulationSnapshotRow, Values, Stored>(context, input, {
      operation: "importPopulations",
      concept: "population-snapshot",
      role: roleAmong(context.viewer, POPULATION_RECORDERS),
      rows: input.rows,
      keyOf,
      check: (row) => [
        ...checkPopulation(row, today),
        ...(scopes.get(row.communityId)
          ? []
          : [{ field: "communityId", code: "UNKNOWN_REFERENCE", message: "There is no such community." }]),
      ],
      existing: async (tx, keys) => {
        const parts = keys.map((key) => key.split(":") as [string, string]).filter(([id]) => isUuid(id));
        const rows = await tx.rows<Stored>(LOCKED, [parts.map(([id]) => id), parts.map(([, day]) => day)]);
        return new Map(rows.map((row) => [keyOf(row), row]));
      },
      idOf: (stored) => stored.id,
      newId: (row) => stableId("population-snapshot", keyOf(row)),
      toValues: draftValues,
      storedValues: valuesOf,
      kept: keptSnapshot,
      permit: (row) => canRecordPopulation(context.viewer, scopes.get(row.communityId) ?? []),
      write: writeSnapshots,
    });
  }

  private async scopes(communityId: string): Promise<Scopes | null> {
    const community = await this.context.communities.byId(communityId);
    const region = community && (await this.context.regions.byCode(community.regionCode));
    return community && region && scopesOfCommunity(community, region);
  }
}
