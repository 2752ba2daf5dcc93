import { constraintOf, stableId, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { OrganisationEntity } from "@gongjian/entities-communities";
import { fold, indexTokens } from "@gongjian/hantext";
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
  isStorable,
  isUuid,
  notFound,
  readPage,
  roleAmong,
  versionConflict,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type ListQuery,
  type Page,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import { hasWord } from "../search/words";
import type { Context } from "../context";
import { scopesOfRegions } from "../region/region.scopes";
import { searchCondition } from "../search/search.rules";
import type {
  CreateOrganisationInput,
  ImportOrganisationsInput,
  OrganisationRow,
  OrganisationsArgs,
  UpdateOrganisationInput,
} from "./organisation.inputs";
import {
  canChangeOrganisation,
  canCreateOrganisation,
  ORGANISATION_CREATORS,
  ORGANISATION_EDITORS,
  scopesOfOrganisation,
} from "./organisation.policy";
import { checkOrganisation, creditCodeOf, takenCode } from "./organisation.rules";
import type { Organisation } from "./organisation.type";

export const ORGANISATION_COLUMNS = `o.id, o.key, o.name, o.kind, o.credit_code AS "creditCode", o.region_code AS "regionCode", o.capabilities, o.description, o.illustrative, o.source, o.version`;
/** Whoever asks for a record that was merged gets the one that it was merged into. */
const FOLLOWED = `SELECT ${ORGANISATION_COLUMNS}, a.id AS "askedId", a.key AS "askedKey" FROM organisation a JOIN organisation o ON o.id = coalesce(a.merged_into, a.id)`;
const BY_ID = statement("organisation_by_id", `${FOLLOWED} WHERE a.id = ANY($1::uuid[])`);
const BY_KEY = statement("organisation_by_key", `${FOLLOWED} WHERE a.key = ANY($1::text[])`);
/** By any name: the one that an organisation has, and those of the records merged into it. */
const NAMED = "SELECT coalesce(a.merged_into, a.id) FROM organisation a";
const KEYS_LOCKED = statement(
  "organisation_keys_locked",
  "SELECT a.key, coalesce(a.merged_into, a.id) AS id FROM organisation a WHERE a.key = ANY($1::text[]) ORDER BY a.id FOR UPDATE",
);
const LOCKED = statement(
  "organisation_locked",
  `SELECT ${ORGANISATION_COLUMNS} FROM organisation o WHERE o.id = ANY($1::uuid[]) ORDER BY o.id FOR UPDATE`,
);
const ONE_LOCKED = statement(
  "organisation_one_locked",
  `SELECT ${ORGANISATION_COLUMNS} FROM organisation o WHERE o.id = $1::uuid FOR UPDATE`,
);

const HOLDERS = statement(
  "organisation_code_holders",
  `SELECT a.credit_code AS "creditCode", a.id FROM organisation a WHERE a.credit_code = ANY($1::text[])
   UNION SELECT a.former_credit_code, a.merged_into FROM organisation a WHERE a.former_credit_code = ANY($1::text[])`,
);

const CONSTRAINT_FIELDS: Record<string, string> = {
  organisation_key_once: "key",
  organisation_credit_code_once: "creditCode",
  organisation_pkey: "key",
};

const listOf = ({ filter, orderBy }: OrganisationsArgs): ListQuery => ({
  select: ORGANISATION_COLUMNS,
  from: "organisation o",
  where: [
    { sql: "o.merged_into IS NULL", params: [] },
    ...(filter?.within
      ? [{ sql: "o.region_code IN (SELECT code FROM region WHERE scope_codes @> ARRAY[?::text])", params: [filter.within] }]
      : []),
    ...(filter?.kind ? [{ sql: "o.kind = ?", params: [filter.kind] }] : []),
    ...(filter?.capability ? [hasWord("o.capabilities", filter.capability)] : []),
    ...(typeof filter?.illustrative === "boolean" ? [{ sql: "o.illustrative = ?", params: [filter.illustrative] }] : []),
    ...searchCondition("a.search_vector", filter?.search).map(({ sql, params }) => ({
      sql: `o.id IN (${NAMED} WHERE ${sql} OR a.credit_code = ? OR a.former_credit_code = ?)`,
      params: [...params, ...Array<string>(2).fill(filter!.search!.replaceAll("\0", "").trim().toUpperCase())],
    })),
  ],
  ordering: {
    tag: `organisations:${orderBy ?? "NAME_ASC"}`,
    keys: [
      { sql: "o.name", field: "name", type: "text" },
      { sql: "o.id", field: "id", type: "uuid" },
    ],
    direction: orderBy === "NAME_DESC" ? "DESC" : "ASC",
  },
});

const byId = defineLoader<Context, string, Organisation | null>(async (context, ids) =>
  inOrder(ids, await context.rows<Organisation & { askedId: string }>(BY_ID, [ids.filter(isUuid)]), (row) => row.askedId),
);
const byKey = defineLoader<Context, string, Organisation | null>(async (context, keys) =>
  inOrder(keys, await context.rows<Organisation & { askedKey: string }>(BY_KEY, [keys.filter(isStorable)]), (row) => row.askedKey),
);

type Values = Omit<Organisation, "id" | "version">;
/** What an organisation says, for the audit and to be compared. */
export const valuesOf = ({ key, name, kind, creditCode, regionCode, capabilities, description, illustrative, source }: Values): Values => ({
  key,
  name,
  kind,
  creditCode,
  regionCode,
  capabilities,
  description,
  illustrative,
  source,
});

const draftValues = (draft: Partial<Values> & Pick<OrganisationRow, "name" | "kind" | "illustrative">): Values => ({
  key: draft.key ?? null,
  name: draft.name.trim(),
  kind: draft.kind,
  creditCode: draft.creditCode?.trim().toUpperCase() || null,
  regionCode: draft.regionCode ?? null,
  capabilities: draft.capabilities ?? [],
  description: draft.description ?? null,
  illustrative: draft.illustrative ?? false,
  source: draft.source ?? null,
});

/** Reads and writes organisations. */
export class OrganisationService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Organisation | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  byKey(key: string): Promise<Organisation | null> {
    return this.context.load(byKey, key);
  }

  list(args: OrganisationsArgs): Promise<Page<Organisation>> {
    return readPage<Organisation>(this.context, listOf(args), args);
  }

  async create(input: CreateOrganisationInput): Promise<Organisation | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const scopes = await this.scopes(null, input.regionCode ?? null);
    ensure(context.viewer, canCreateOrganisation(context.viewer, scopes ?? []));
    const problems = checkOrganisation(input);
    if (scopes === null) problems.push({ field: "regionCode", code: "UNKNOWN_REFERENCE", message: "There is no such region." });
    if (problems.length > 0) throw badInput(problems);
    const id = uuidv7();
    const values = draftValues({ ...input, illustrative: false, creditCode: input.creditCode ?? null } as never);
    return this.uniquely(() =>
      command(context, "createOrganisation", actingRole(context.viewer, ORGANISATION_CREATORS, scopes!), input, async (tx) => {
        await writeOrganisations(tx, [{ id, values, existing: null }]);
        tx.audit({ action: "create", concept: "organisation", entityId: id, before: null, after: values });
        return readBack(tx, id);
      }),
    );
  }

  async update(input: UpdateOrganisationInput): Promise<Organisation | VersionConflict | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const organisation = await this.byId(input.id);
    if (!organisation) throw notFound("Organisation");
    const scopes = (await this.scopes(organisation.id, organisation.regionCode)) ?? [];
    ensure(context.viewer, canChangeOrganisation(context.viewer, scopes));
    return this.uniquely(() =>
      command<Organisation | VersionConflict>(
        context,
        "updateOrganisation",
        actingRole(context.viewer, ORGANISATION_EDITORS, scopes),
        input,
        async (tx) => {
          const [stored] = await tx.rows<Organisation>(ONE_LOCKED, [organisation.id]);
          if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
          const before = valuesOf(stored!);
          const after = draftValues({
            ...before,
            name: input.name ?? before.name,
            creditCode: input.creditCode === undefined ? before.creditCode : input.creditCode,
            capabilities: input.capabilities ?? before.capabilities,
            description: input.description === undefined ? before.description : input.description,
          });
          const problems = checkOrganisation(after);
          if (problems.length > 0) throw badInput(problems);
          await writeOrganisations(tx, [{ id: organisation.id, values: after, existing: stored! }]);
          tx.audit({ action: "update", concept: "organisation", entityId: organisation.id, before, after });
          return readBack(tx, organisation.id);
        },
      ),
    );
  }

  async import(input: ImportOrganisationsInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, ORGANISATION_CREATORS);
    let scopesNow = new Map<string, string[]>();
    let codeHolders = new Map<string, string>();
    let stored = new Map<string, Organisation>();
    const seenCodes = new Map<string, string>();
    const codes = [...new Set(input.rows.map((row) => row.regionCode).filter((code): code is string => Boolean(code)))];
    const scopes = new Map(await Promise.all(codes.map(async (code) => [code, await this.scopes(null, code)] as const)));
    return bulkUpsert<OrganisationRow, Values, Organisation>(context, input, {
      operation: "importOrganisations",
      concept: "organisation",
      role: roleAmong(context.viewer, ORGANISATION_CREATORS),
      rows: input.rows,
      keyOf: (row) => row.key,
      check: (row) => [
        ...checkOrganisation(row),
        ...takenCode(row, codeHolders, seenCodes, stored),
        ...(row.regionCode && scopes.get(row.regionCode) === null
          ? [{ field: "regionCode", code: "UNKNOWN_REFERENCE", message: "There is no such region." }]
          : []),
      ],
      existing: async (tx, keys) => {
        seenCodes.clear();
        // before the keys: a record that another list enters in between is found by its key, and its code taken for its own
        const given = input.rows.flatMap((row) => creditCodeOf(row) ?? []).filter(isStorable);
        const holders = await tx.rows<{ creditCode: string; id: string }>(HOLDERS, [given]);
        codeHolders = new Map(holders.map((holder) => [holder.creditCode, holder.id]));
        const named = await tx.rows<{ key: string; id: string }>(KEYS_LOCKED, [keys]);
        const rows = await tx.rows<Organisation>(LOCKED, [[...new Set(named.map(({ id }) => id))]]);
        scopesNow = await scopesOfRegions(
          tx,
          rows.map((row) => row.regionCode),
        );
        stored = new Map(named.map(({ key, id }) => [key, rows.find((row) => row.id === id)!]));
        return stored;
      },
      idOf: (organisation) => organisation.id,
      newId: (row) => stableId("organisation", row.key),
      // a list that names a record which was merged finds the survivor, and does not speak for it: another list does
      standsFor: (row, existing) => existing.key !== row.key,
      toValues: (row, existing) => (existing !== null && existing.key !== row.key ? valuesOf(existing) : draftValues({ ...row } as never)),
      storedValues: valuesOf,
      permit: (row, existing) =>
        (staysIn(row, existing) || canCreateOrganisation(context.viewer, (row.regionCode && scopes.get(row.regionCode)) || [])) &&
        (existing === null ||
          canCreateOrganisation(context.viewer, scopesOfOrganisation(null, scopesNow.get(existing.regionCode ?? "") ?? []))),
      write: writeOrganisations,
    });
  }

  /** The scopes that reach an organisation; null when its region does not exist. */
  private async scopes(id: string | null, regionCode: string | null): Promise<Scopes | null> {
    if (regionCode === null) return scopesOfOrganisation(id, []);
    const region = await this.context.regions.byCode(regionCode);
    return region && scopesOfOrganisation(id, region.scopeCodes);
  }

  private async uniquely<R>(work: () => Promise<R>): Promise<R | AlreadyExists> {
    try {
      return await work();
    } catch (error) {
      const field = CONSTRAINT_FIELDS[constraintOf(error)?.constraint ?? ""];
      if (field) return alreadyExists(field);
      throw error;
    }
  }
}

/** Whether a row says nothing of the region of an organisation that is there. */
const staysIn = (row: OrganisationRow, existing: Organisation | null): boolean =>
  existing !== null && asGiven(row).regionCode === undefined;

const entityOf = (id: string, values: Values) => ({ ...values, id, nameKey: fold(values.name), searchTokens: indexTokens(values.name) });

/** New records are inserted, never saved: of two writers of one key the second must fail. */
async function writeOrganisations(
  tx: CommandTransaction,
  records: { id: string; values: Values; existing: Organisation | null }[],
): Promise<void> {
  const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => entityOf(id, values));
  if (created.length > 0) await tx.manager.insert(OrganisationEntity, created);
  for (const { id, values, existing } of records)
    if (existing !== null) await tx.manager.update(OrganisationEntity, { id }, entityOf(id, values));
}

async function readBack(tx: CommandTransaction, id: string): Promise<Organisation> {
  const [row] = await tx.rows<Organisation>(BY_ID, [[id]]);
  return { __typename: "Organisation", ...row! } as Organisation;
}
