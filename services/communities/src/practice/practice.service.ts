import { constraintOf, stableId, uuidv7 } from "@gongjian/database";
import {
  actingRole,
  alreadyExists,
  badInput,
  asGiven,
  bulkUpsert,
  checkText,
  command,
  defineLoader,
  ensure,
  ensureAmong,
  inOrder,
  isUuid,
  missingEntities,
  notFound,
  readPage,
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
import { ofShownEvent } from "../external/event.lists";
import { checkPlace, findPlace, givenFields, type FoundPlace } from "../place/place";
import type { CreatePracticeInput, ImportPracticesInput, PracticeRow, PracticesArgs, UpdatePracticeInput } from "./practice.inputs";
import { ofCommunity, ofEvent, ofOrganisation, ofRegion, practiceList } from "./practice.lists";
import { canKeepPractice, PRACTICE_KEEPERS } from "./practice.policy";
import { checkPractice } from "./practice.rules";
import {
  changed,
  lockByKey,
  lockPractice,
  nameKeyOf,
  namesTaken,
  placeText,
  PRACTICES_BY_ID,
  PRACTICES_BY_KEY,
  readBack,
  toValues,
  valuesOf,
  writePractices,
  type Values,
} from "./practice.store";
import type { Practice } from "./practice.type";

const byId = defineLoader<Context, string, Practice | null>(async (context, ids) =>
  inOrder(ids, await context.rows<Practice>(PRACTICES_BY_ID, [ids]), ({ id }) => id),
);

const byKey = defineLoader<Context, string, Practice | null>(async (context, keys) =>
  inOrder(keys, await context.rows<Practice>(PRACTICES_BY_KEY, [keys]), ({ key }) => key!),
);

const CONSTRAINT_FIELDS: Record<string, string> = { practice_key_once: "key", practice_name_once: "name" };

/** Reads and writes practices. */
export class PracticeService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Practice | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  /** The practice with an external key. The key must be storable. */
  byKey(key: string): Promise<Practice | null> {
    return this.context.load(byKey, key);
  }

  list(args: PracticesArgs): Promise<Page<Practice>> {
    return ofShownEvent(this.context, args, (shown) => readPage<Practice>(this.context, practiceList(this.context, shown), shown));
  }

  ofRegion(parent: string, args: ListArgs): Promise<Page<Practice>> {
    return this.context.load(ofRegion, { parent, args });
  }

  ofCommunity(parent: string, args: ListArgs): Promise<Page<Practice>> {
    return this.context.load(ofCommunity, { parent, args });
  }

  ofOrganisation(parent: string, args: ListArgs): Promise<Page<Practice>> {
    return this.context.load(ofOrganisation, { parent, args });
  }

  async ofEvent(id: string, args: ListArgs): Promise<Page<Practice> | null> {
    return isUuid(id) ? this.context.load(ofEvent, { parent: id.toLowerCase(), args }) : null;
  }

  async create(input: CreatePracticeInput): Promise<Practice | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const { practice } = input;
    ensureAmong(context.viewer, PRACTICE_KEEPERS);
    const holder = await this.holder(practice);
    const wrong = checkPlace("practice.holder", practice.holder, holder);
    if (wrong.length > 0) throw badInput(wrong);
    ensure(context.viewer, canKeepPractice(context.viewer, holder!.scopes));
    const problems = [...checkPractice(practice), ...(await this.checkEvents(practice.eventIds ?? []))];
    if (problems.length > 0) throw badInput(problems);
    const id = uuidv7();
    const values = toValues(practice, holder!);
    return once(() =>
      command(context, "createPractice", actingRole(context.viewer, PRACTICE_KEEPERS, holder!.scopes), input, async (tx) => {
        await writePractices(tx, [{ id, values, existing: null }]);
        tx.audit({ action: "create", concept: "practice", entityId: id, before: null, after: values });
        return readBack(tx, id);
      }),
    );
  }

  async update(input: UpdatePracticeInput): Promise<Practice | AlreadyExists | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const practice = await this.byId(input.id);
    const holder = practice && (await findPlace(context, practice));
    if (!practice || !holder) throw notFound("Practice");
    ensure(context.viewer, canKeepPractice(context.viewer, holder.scopes));
    const known = new Set(practice.eventIds);
    const added = (input.eventIds ?? []).filter((id) => !known.has(id.toLowerCase()));
    const problems = [...checkPractice({ ...changed(valuesOf(practice), { ...input, parts: undefined }), parts: input.parts })];
    if (problems.length === 0) problems.push(...(await this.checkEvents(added)));
    if (problems.length > 0) throw badInput(problems);
    return once<Practice | VersionConflict | IdempotencyConflict>(() =>
      command<Practice | VersionConflict>(
        context,
        "updatePractice",
        actingRole(context.viewer, PRACTICE_KEEPERS, holder.scopes),
        input,
        async (tx) => {
          const stored = await lockPractice(tx, practice.id);
          if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
          const before = valuesOf(stored);
          const after = changed(before, input);
          await writePractices(tx, [{ id: stored.id, values: after, existing: stored }]);
          tx.audit({ action: "update", concept: "practice", entityId: stored.id, before, after });
          return readBack(tx, stored.id);
        },
      ),
    );
  }

  async import(input: ImportPracticesInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensureAmong(viewer, PRACTICE_KEEPERS);
    const holders = new Map<PracticeRow, FoundPlace | null>(
      await Promise.all(input.rows.map(async (row) => [row, await this.holder(row)] as const)),
    );
    const events = [...new Set(input.rows.flatMap(({ eventIds }) => eventIds ?? []))].filter(isUuid);
    const missing = events.length === 0 ? new Set<string>() : await missingEntities(context, "events", "Event", events, viewer);
    const nameOf = (row: PracticeRow) => ({ place: placeText(toValues(row, holders.get(asGiven(row))!)), nameKey: nameKeyOf(row.name) });
    let taken = new Map<string, string | null>();
    return bulkUpsert<PracticeRow, Values, Practice>(context, input, {
      operation: "importPractices",
      concept: "practice",
      role: roleAmong(viewer, PRACTICE_KEEPERS),
      rows: input.rows,
      keyOf: ({ key }) => key ?? "",
      check: (row) => {
        const problems = [
          ...checkText("key", row.key, { least: 1, most: 100 }),
          ...checkPlace("holder", row.holder, holders.get(asGiven(row))!),
          ...checkPractice({ ...row, key: null }),
          ...((row.eventIds ?? []).some((id) => !isUuid(id) || missing.has(id)) ? [UNKNOWN_EVENT] : []),
        ];
        if (problems.length > 0) return problems;
        const { place, nameKey } = nameOf(row);
        const other = taken.get(`${place} ${nameKey}`);
        if (other !== undefined && other !== row.key)
          return [{ field: "name", code: "ALREADY_EXISTS", message: "Its holder has another practice of this name." }];
        taken.set(`${place} ${nameKey}`, row.key ?? null);
        return [];
      },
      existing: async (tx, keys) => {
        const found = input.rows.filter((row) => holders.get(asGiven(row)) && checkText("name", row.name, { most: 100 }).length === 0);
        taken = await namesTaken(tx, found.map(nameOf));
        return new Map((await lockByKey(tx, keys)).map((row) => [row.key!, row]));
      },
      idOf: ({ id }) => id,
      newId: ({ key }) => stableId("practice", key!),
      toValues: (row) => toValues(row, holders.get(asGiven(row))!),
      storedValues: valuesOf,
      permit: (row, existing) =>
        canKeepPractice(viewer, holders.get(asGiven(row))!.scopes) &&
        (existing === null || placeText(existing) === placeText(toValues(row, holders.get(asGiven(row))!)) || isAdmin(viewer)),
      write: writePractices,
    });
  }

  private async holder({ holder }: PracticeRow): Promise<FoundPlace | null> {
    return givenFields(holder).length === 1 ? findPlace(this.context, holder) : null;
  }

  private async checkEvents(ids: readonly string[]): Promise<InputProblem[]> {
    if (ids.length === 0) return [];
    if (!ids.every(isUuid)) return [UNKNOWN_EVENT];
    const missing = await missingEntities(this.context, "events", "Event", [...ids], this.context.viewer);
    return missing.size > 0 ? [UNKNOWN_EVENT] : [];
  }
}

const UNKNOWN_EVENT: InputProblem = { field: "eventIds", code: "UNKNOWN_REFERENCE", message: "There is no such event." };
/** Nobody else takes a practice from its holder. */
const isAdmin = ({ memberships }: Context["viewer"]): boolean => memberships.some(({ scope, role }) => scope === "*" && role === "ADMIN");

async function once<R>(work: () => Promise<R>): Promise<R | AlreadyExists> {
  try {
    return await work();
  } catch (error) {
    const field = CONSTRAINT_FIELDS[constraintOf(error)?.constraint ?? ""];
    if (field) return alreadyExists(field);
    throw error;
  }
}
