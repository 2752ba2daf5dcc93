import { constraintOf, stableId, statement, type CommandTransaction } from "@gongjian/database";
import { CommunityEntity } from "@gongjian/entities-communities";
import { fold, indexTokens, toScript } from "@gongjian/hantext";
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
  readPage,
  roleAmong,
  versionConflict,
  type AlreadyExists,
  type BulkOutcome,
  type Condition,
  type IdempotencyConflict,
  type ListArgs,
  type ListQuery,
  type Page,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { storedWords, traitLabels } from "../community-trait/community-trait.rules";
import type { Region } from "../region/region.type";
import { scopesOfRegions } from "../region/region.scopes";
import { commonName, searchCondition } from "../search/search.rules";
import type { CommunitiesArgs, CommunityRow, CreateCommunityInput, ImportCommunitiesInput, UpdateCommunityInput } from "./community.inputs";
import { canChangeCommunity, canCreateCommunity, COMMUNITY_CREATORS, COMMUNITY_EDITORS, scopesOfCommunity } from "./community.policy";
import { checkCommunity } from "./community.rules";
import type { Community } from "./community.type";

export const COMMUNITY_COLUMNS = `c.id, c.scheme, c.identifier, c.name, c.kind, c.region_code AS "regionCode", c.traits, c.description, c.longitude, c.latitude, c.source, c.version`;
const BY_ID = statement("community_by_id", `SELECT ${COMMUNITY_COLUMNS} FROM community c WHERE c.id = ANY($1::uuid[])`);
const BY_IDENTIFIER = statement(
  "community_by_identifier",
  `SELECT ${COMMUNITY_COLUMNS} FROM community c WHERE c.scheme = $1 AND c.identifier = $2`,
);
const LOCKED = statement(
  "community_locked",
  `SELECT ${COMMUNITY_COLUMNS} FROM community c JOIN unnest($1::text[], $2::text[]) AS k(scheme, identifier) ON c.scheme = k.scheme AND c.identifier = k.identifier FOR UPDATE OF c`,
);
const ONE_LOCKED = statement("community_one_locked", `SELECT ${COMMUNITY_COLUMNS} FROM community c WHERE c.id = $1::uuid FOR UPDATE`);

/** A trait is found by what was shown, and that may have been either script. */
const traitCondition = (trait: string | null | undefined): Condition[] =>
  trait == null
    ? []
    : [
        {
          sql: "c.traits <> '{}' AND c.traits && ?::text[]",
          params: [[trait, toScript(trait, "zh-Hans"), toScript(trait, "zh-Hant")].map((text) => text.replaceAll("\0", ""))],
        },
      ];

const listOf = (args: CommunitiesArgs): ListQuery => ({
  select: COMMUNITY_COLUMNS,
  from: "community c",
  where: [
    ...(args.filter?.within
      ? [{ sql: "c.region_code IN (SELECT code FROM region WHERE scope_codes @> ARRAY[?::text])", params: [args.filter.within] }]
      : []),
    ...(args.filter?.kind ? [{ sql: "c.kind = ?", params: [args.filter.kind] }] : []),
    ...traitCondition(args.filter?.trait),
    ...(args.filter?.traitCodes
      ? [{ sql: "c.traits <> '{}' AND c.traits && ?::text[]", params: [args.filter.traitCodes.flatMap(storedWords)] }]
      : []),
    ...searchCondition("c.search_vector", args.filter?.search),
  ],
  ordering: {
    tag: `communities:${args.orderBy ?? "NAME_ASC"}`,
    keys: [
      { sql: "c.name", field: "name", type: "text" },
      { sql: "c.id", field: "id", type: "uuid" },
    ],
    direction: args.orderBy === "NAME_DESC" ? "DESC" : "ASC",
  },
});

const byId = defineLoader<Context, string, Community | null>(async (context, ids) =>
  inOrder(ids, await context.rows<Community>(BY_ID, [ids.filter(isUuid)]), (row) => row.id),
);
const inRegion = nestedList<Context, ListArgs, Community>({
  query: () => listOf({}),
  link: "c.region_code = parent.id",
  parentType: "text",
});

type Values = Pick<
  Community,
  "scheme" | "identifier" | "name" | "kind" | "regionCode" | "traits" | "description" | "longitude" | "latitude" | "source"
>;
const valuesOf = ({ scheme, identifier, name, kind, regionCode, traits, description, longitude, latitude, source }: Values): Values => ({
  scheme,
  identifier,
  name,
  kind,
  regionCode,
  traits,
  description,
  longitude,
  latitude,
  source,
});

const keyOf = (row: { scheme: string; identifier: string }): string => `${row.scheme}:${row.identifier}`;

/** Reads and writes communities. */
export class CommunityService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Community | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  async byIdentifier(scheme: string, identifier: string): Promise<Community | null> {
    const [row] = await this.context.rows<Community>(BY_IDENTIFIER, [scheme, identifier]);
    return row ?? null;
  }

  list(args: CommunitiesArgs): Promise<Page<Community>> {
    return readPage<Community>(this.context, listOf(args), args);
  }

  inRegion(code: string, args: ListArgs): Promise<Page<Community>> {
    return this.context.load(inRegion, { parent: code, args });
  }

  async create(input: CreateCommunityInput): Promise<Community | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const region = await context.regions.byCode(input.regionCode);
    const scopes = scopesOfCommunity(null, region ?? { scopeCodes: [] });
    ensure(context.viewer, canCreateCommunity(context.viewer, scopes));
    const problems = checkCommunity(input);
    if (!region) problems.push({ field: "regionCode", code: "UNKNOWN_REFERENCE", message: "There is no such region." });
    if (problems.length > 0) throw badInput(problems);
    const id = stableId("community", keyOf(input));
    const values = draftValues(input);
    try {
      return await command(context, "createCommunity", actingRole(context.viewer, COMMUNITY_CREATORS, scopes), input, async (tx) => {
        await writeCommunities(tx, [{ id, values, existing: null }]);
        tx.audit({ action: "create", concept: "community", entityId: id, before: null, after: values });
        return readBack(tx, id);
      });
    } catch (error) {
      if (constraintOf(error)?.constraint === "community_identifier_once" || constraintOf(error)?.constraint === "community_pkey")
        return alreadyExists("identifier");
      throw error;
    }
  }

  async update(input: UpdateCommunityInput): Promise<Community | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const community = await this.byId(input.id);
    if (!community) throw notFound("Community");
    const scopes = scopesOfCommunity(community, (await context.regions.byCode(community.regionCode))!);
    ensure(context.viewer, canChangeCommunity(context.viewer, scopes));
    return command(context, "updateCommunity", actingRole(context.viewer, COMMUNITY_EDITORS, scopes), input, async (tx) => {
      const [stored] = await tx.rows<Community>(ONE_LOCKED, [community.id]);
      if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
      const before = valuesOf(stored!);
      const after = draftValues({
        ...before,
        name: input.name ?? before.name,
        traits: input.traits ?? before.traits,
        description: input.description === undefined ? before.description : input.description,
        longitude: input.longitude === undefined ? before.longitude : input.longitude,
        latitude: input.latitude === undefined ? before.latitude : input.latitude,
      });
      const problems = checkCommunity(after);
      if (problems.length > 0) throw badInput(problems);
      await writeCommunities(tx, [{ id: community.id, values: after, existing: stored! }]);
      tx.audit({ action: "update", concept: "community", entityId: community.id, before, after });
      return readBack(tx, community.id);
    });
  }

  async import(input: ImportCommunitiesInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, COMMUNITY_CREATORS);
    const codes = [...new Set(input.rows.map((row) => row.regionCode))];
    const reaches = (scopeCodes: readonly string[]) => canCreateCommunity(context.viewer, scopesOfCommunity(null, { scopeCodes }));
    let scopesNow = new Map<string, string[]>();
    const found = await Promise.all(codes.map((code) => context.regions.byCode(code)));
    const regions = new Map(found.filter((region): region is Region => region !== null).map((region) => [region.code, region]));
    return bulkUpsert<CommunityRow, Values, Community>(context, input, {
      operation: "importCommunities",
      concept: "community",
      role: roleAmong(context.viewer, COMMUNITY_CREATORS),
      rows: input.rows,
      keyOf,
      check: (row) => [
        ...checkCommunity(row),
        ...(regions.has(row.regionCode) ? [] : [{ field: "regionCode", code: "UNKNOWN_REFERENCE", message: "There is no such region." }]),
      ],
      existing: async (tx, keys) => {
        const parts = keys.map((key) => [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)] as const);
        const rows = await tx.rows<Community>(LOCKED, [parts.map(([scheme]) => scheme), parts.map(([, identifier]) => identifier)]);
        scopesNow = await scopesOfRegions(
          tx,
          rows.map((row) => row.regionCode),
        );
        return new Map(rows.map((row) => [keyOf(row), row]));
      },
      idOf: (community) => community.id,
      newId: (row) => stableId("community", keyOf(row)),
      // a second list tells the traits alone: an empty cell here does not undo it
      toValues: (row, existing) => draftValues({ ...row, traits: row.traits ?? existing?.traits ?? [] }),
      storedValues: valuesOf,
      permit: (row, existing) =>
        reaches(regions.get(row.regionCode)?.scopeCodes ?? []) && (existing === null || reaches(scopesNow.get(existing.regionCode) ?? [])),
      write: writeCommunities,
    });
  }
}

const draftValues = (draft: Omit<CommunityRow, "idempotencyKey">): Values => ({
  scheme: draft.scheme,
  identifier: draft.identifier,
  name: draft.name.trim(),
  kind: draft.kind,
  regionCode: draft.regionCode,
  traits: traitLabels(draft.traits ?? []),
  description: draft.description ?? null,
  longitude: draft.longitude ?? null,
  latitude: draft.latitude ?? null,
  source: draft.source ?? null,
});

const entityOf = (id: string, values: Values) => ({
  ...values,
  id,
  nameKey: fold(commonName(values.name)),
  searchTokens: indexTokens(commonName(values.name)),
});

/** New records are inserted, never saved: of two writers of one identifier the second must fail. */
async function writeCommunities(
  tx: CommandTransaction,
  records: { id: string; values: Values; existing: Community | null }[],
): Promise<void> {
  const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => entityOf(id, values));
  if (created.length > 0) await tx.manager.insert(CommunityEntity, created);
  for (const { id, values, existing } of records)
    if (existing !== null) await tx.manager.update(CommunityEntity, { id }, entityOf(id, values));
}

async function readBack(tx: CommandTransaction, id: string): Promise<Community> {
  const [row] = await tx.rows<Community>(BY_ID, [[id]]);
  return { __typename: "Community", ...row! } as Community;
}
