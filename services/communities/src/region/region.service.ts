import { statement, type CommandTransaction } from "@gongjian/database";
import { RegionEntity, RegionManagementEntity } from "@gongjian/entities-communities";
import { fold, indexTokens } from "@gongjian/hantext";
import {
  actingRole,
  badInput,
  asGiven,
  bulkUpsert,
  command,
  defineLoader,
  ensure,
  ensureAmong,
  inOrder,
  isStorable,
  nestedList,
  notFound,
  readPage,
  roleAmong,
  versionConflict,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type ListArgs,
  type ListQuery,
  type Page,
  type VersionConflict,
  writeRecords,
} from "@gongjian/subgraph";
import { In } from "typeorm";
import type { Context } from "../context";
import { searchCondition } from "../search/search.rules";
import type { ImportRegionsInput, RegionRow, RegionsArgs, UpdateRegionInput } from "./region.inputs";
import { canChangeRegion, REGION_WRITERS, scopesOfRegion } from "./region.policy";
import { checkRegion } from "./region.rules";
import { refreshScopes } from "./region.scopes";
import type { Region } from "./region.type";

const COLUMNS = `r.code, r.scheme, r.name, r.level, r.kind, r.parent_code AS "parentCode", r.scope_codes AS "scopeCodes", r.source, r.version`;
const BY_CODE = statement("region_by_code", `SELECT ${COLUMNS} FROM region r WHERE r.code = ANY($1::text[])`);
const MANAGED = statement(
  "region_managed",
  `SELECT m.zone_code AS "zoneCode", ${COLUMNS} FROM region_management m JOIN region r ON r.code = m.region_code WHERE m.zone_code = ANY($1::text[]) ORDER BY r.code`,
);
const MANAGERS = statement(
  "region_managers",
  `SELECT m.region_code AS "regionCode", ${COLUMNS} FROM region_management m JOIN region r ON r.code = m.zone_code WHERE m.region_code = ANY($1::text[]) ORDER BY r.code`,
);

const listOf = (args: RegionsArgs): ListQuery => {
  const { filter } = args;
  return {
    select: COLUMNS,
    from: "region r",
    where: [
      ...(filter?.level ? [{ sql: "r.level = ?", params: [filter.level] }] : []),
      ...(filter?.kind ? [{ sql: "r.kind = ?", params: [filter.kind] }] : []),
      ...(filter?.within ? [{ sql: "r.scope_codes @> ARRAY[?::text]", params: [filter.within] }] : []),
      ...searchCondition("r.search_vector", filter?.search),
    ],
    ordering: {
      tag: `regions:${args.orderBy ?? "CODE_ASC"}`,
      keys: [{ sql: "r.code", field: "code", type: "text" }],
      direction: args.orderBy === "CODE_DESC" ? "DESC" : "ASC",
    },
  };
};

const byCode = defineLoader<Context, string, Region | null>(async (context, codes) =>
  inOrder(codes, await context.rows<Region>(BY_CODE, [codes.filter(isStorable)]), (row) => row.code),
);

const grouped = async (
  context: Context,
  sql: typeof MANAGED,
  codes: readonly string[],
  key: "zoneCode" | "regionCode",
): Promise<Region[][]> => {
  const rows = await context.rows<Region & { zoneCode: string; regionCode: string }>(sql, [codes]);
  return codes.map((code) => rows.filter((row) => row[key] === code));
};
const managedBy = defineLoader<Context, string, Region[]>((context, codes) => grouped(context, MANAGERS, codes, "regionCode"));
const manages = defineLoader<Context, string, Region[]>((context, codes) => grouped(context, MANAGED, codes, "zoneCode"));

const children = nestedList<Context, RegionsArgs, Region>({
  query: (_context, args) => listOf(args),
  link: "r.parent_code = parent.id",
  parentType: "text",
});

interface Values {
  scheme: string;
  name: string;
  level: string;
  kind: string;
  parentCode: string | null;
  manages: string[];
  source: string | null;
}

interface Stored extends Omit<Values, "manages"> {
  code: string;
  scopeCodes: string[];
  manages: string[];
}

/** Reads and writes regions. */
export class RegionService {
  constructor(private readonly context: Context) {}

  byCode(code: string): Promise<Region | null> {
    return this.context.load(byCode, code);
  }

  list(args: RegionsArgs): Promise<Page<Region>> {
    return readPage<Region>(this.context, listOf(args), args);
  }

  children(code: string, args: ListArgs): Promise<Page<Region>> {
    return this.context.load(children, { parent: code, args });
  }

  managedBy(code: string): Promise<Region[]> {
    return this.context.load(managedBy, code);
  }

  manages(code: string): Promise<Region[]> {
    return this.context.load(manages, code);
  }

  async import(input: ImportRegionsInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { viewer } = this.context;
    ensureAmong(viewer, REGION_WRITERS);
    const parents = new Map(input.rows.map((row) => [row.code, row.parentCode ?? null]));
    const foreign = [
      ...new Set(input.rows.flatMap((row) => [row.parentCode, ...(row.manages ?? [])]).filter((code): code is string => Boolean(code))),
    ];
    const known = new Map((await this.context.rows<Region>(BY_CODE, [foreign.filter(isStorable)])).map((region) => [region.code, region]));
    return bulkUpsert<RegionRow, Values, Stored>(this.context, input, {
      operation: "importRegions",
      concept: "region",
      role: roleAmong(viewer, REGION_WRITERS),
      rows: input.rows,
      keyOf: (row) => row.code,
      check: (row, index) => [
        ...checkRegion(row),
        ...unknownRegions(asGiven(row), known, new Set(input.rows.slice(0, index).map((other) => other.code))),
        ...(isCyclic(row.code, parents, known) ? [CYCLE] : []),
      ],
      existing: storedRegions,
      idOf: (stored) => stored.code,
      newId: (row) => row.code,
      toValues: (row) => ({
        scheme: row.scheme ?? "GONGJIAN",
        name: row.name.trim(),
        level: row.level,
        kind: row.kind ?? "ADMINISTRATIVE",
        parentCode: row.parentCode ?? null,
        manages: [...new Set(row.manages ?? [])].sort(),
        source: row.source ?? null,
      }),
      storedValues: ({ scheme, name, level, kind, parentCode, manages: managed, source }) => ({
        scheme,
        name,
        level,
        kind,
        parentCode,
        manages: managed,
        source,
      }),
      permit: (row, stored) => {
        const reaches = (code: string | null | undefined): boolean =>
          canChangeRegion(viewer, scopesOfRegion(known.get(code ?? "") ?? { scopeCodes: [] }));
        const moves = stored === null || (row.parentCode ?? null) !== stored.parentCode;
        const taken = (row.manages ?? []).filter((code) => !stored?.manages.includes(code));
        // whoever changes who reaches a region must reach it already: the region, its new container, and what a zone takes over
        return (
          (stored === null || canChangeRegion(viewer, scopesOfRegion(stored))) &&
          (!moves || reaches(row.parentCode)) &&
          taken.every(reaches)
        );
      },
      write: (tx, records) =>
        writeRegions(
          tx,
          records.map(({ id, values, existing }) => ({ code: id, ...values, existing })),
        ),
    });
  }

  async update(input: UpdateRegionInput): Promise<Region | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const region = await this.byCode(input.code);
    if (!region) throw notFound("Region");
    const scopes = scopesOfRegion(region);
    ensure(context.viewer, canChangeRegion(context.viewer, scopes));
    const problems = checkRegion({ code: region.code, kind: region.kind, name: input.name ?? region.name, manages: input.manages ?? null });
    if (problems.length > 0) throw badInput(problems);
    return command(context, "updateRegion", actingRole(context.viewer, REGION_WRITERS, scopes), input, async (tx) => {
      const stored = (await storedRegions(tx, [input.code])).get(input.code)!;
      const [{ version }] = (await tx.rows<Region>(BY_CODE, [[input.code]])) as [Region];
      if (version !== input.expectedVersion) return tx.rollback(versionConflict(version));
      const unknown = (input.manages ?? []).filter((code) => !stored.manages.includes(code));
      const found = await tx.rows<Region>(BY_CODE, [unknown]);
      ensure(
        context.viewer,
        found.every((each) => canChangeRegion(context.viewer, scopesOfRegion(each))),
      );
      if (found.length < new Set(unknown).size)
        throw badInput([{ field: "manages", code: "UNKNOWN_REFERENCE", message: "A managed region does not exist." }]);
      const after = {
        ...stored,
        name: input.name?.trim() ?? stored.name,
        manages: input.manages ? [...new Set(input.manages)].sort() : stored.manages,
      };
      await writeRegions(tx, [{ ...after, existing: stored }]);
      tx.audit({ action: "update", concept: "region", entityId: input.code, before: stored, after });
      const [row] = await tx.rows<Region>(BY_CODE, [[input.code]]);
      return { __typename: "Region" as const, ...row! };
    });
  }
}

const CYCLE: InputProblem = { field: "parentCode", code: "CYCLE", message: "A region cannot lie in itself, nor in what lies in it." };

/** Whether the containers that the rows and the register name lead from a region back to it. */
function isCyclic(code: string, parents: ReadonlyMap<string, string | null>, known: ReadonlyMap<string, Region>): boolean {
  const seen = new Set<string>();
  for (let next = parents.get(code) ?? null; next !== null && !seen.has(next); next = parents.get(next) ?? null) {
    // the register knows all that contains the region; what the rows say of it comes on top
    if (next === code || known.get(next)?.scopeCodes.includes(code)) return true;
    seen.add(next);
  }
  return false;
}

const unknownRegions = (row: RegionRow, known: ReadonlyMap<string, unknown>, above: ReadonlySet<string>): InputProblem[] => {
  const missing = (field: string, code: string): InputProblem[] =>
    known.has(code) || above.has(code)
      ? []
      : [{ field, code: "UNKNOWN_REFERENCE", message: "There is no such region, neither stored nor in an earlier row." }];
  return [
    ...(row.parentCode ? missing("parentCode", row.parentCode) : []),
    ...(row.manages ?? []).flatMap((code) => missing("manages", code)),
  ];
};

async function storedRegions(tx: CommandTransaction, codes: string[]): Promise<Map<string, Stored>> {
  const rows = await tx.manager.find(RegionEntity, { where: { code: In(codes) }, lock: { mode: "pessimistic_write" } });
  const edges = await tx.manager.find(RegionManagementEntity, { where: { zoneCode: In(codes) } });
  return new Map(
    rows.map(({ code, scheme, name, level, kind, parentCode, scopeCodes, source }) => [
      code,
      {
        code,
        scheme,
        name,
        level,
        kind,
        parentCode,
        scopeCodes,
        source,
        manages: edges
          .filter((edge) => edge.zoneCode === code)
          .map((edge) => edge.regionCode)
          .sort(),
      },
    ]),
  );
}

async function writeRegions(tx: CommandTransaction, regions: ({ code: string; existing: unknown } & Values)[]): Promise<void> {
  const codes = regions.map((region) => region.code);
  await writeRecords(
    tx,
    RegionEntity,
    regions.map(({ code, scheme, name, level, kind, parentCode, source, existing }) => ({
      entity: tx.manager.create(RegionEntity, {
        code,
        name,
        parentCode,
        source,
        scheme: scheme as RegionEntity["scheme"],
        level: level as RegionEntity["level"],
        kind: kind as RegionEntity["kind"],
        nameKey: fold(name),
        searchTokens: indexTokens(name),
      }),
      existing,
    })),
  );
  if (codes.length > 0) await tx.manager.delete(RegionManagementEntity, { zoneCode: In(codes) });
  const edges = regions.flatMap((region) => region.manages.map((regionCode) => ({ zoneCode: region.code, regionCode })));
  if (edges.length > 0) await tx.manager.insert(RegionManagementEntity, edges);
  await refreshScopes(tx, codes);
}
