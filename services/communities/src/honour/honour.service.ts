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
  isStorable,
  isUuid,
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
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import type { Organisation } from "../organisation/organisation.type";
import { findPlace } from "../place/place";
import type { CreateHonourInput, HonourHolderInput, HonourRow, HonoursArgs, ImportHonoursInput, UpdateHonourInput } from "./honour.inputs";
import { honourList, ofCommunity, ofOrganisation, ofPractice } from "./honour.lists";
import { canKeepHonour, HONOUR_KEEPERS } from "./honour.policy";
import { checkHonour } from "./honour.rules";
import {
  changed,
  HONOURS_BY_ID,
  honoursTaken,
  lockByKey,
  lockHonour,
  placeText,
  readBack,
  sameKey,
  keptHonour,
  toValues,
  valuesOf,
  writeHonours,
  type Holder,
  type Values,
} from "./honour.store";
import type { Practice } from "../practice/practice.type";
import type { Honour } from "./honour.type";

const byId = defineLoader<Context, string, Honour | null>(async (context, ids) =>
  inOrder(ids, await context.rows<Honour>(HONOURS_BY_ID, [ids]), ({ id }) => id),
);

const CONSTRAINT_FIELDS: Record<string, string> = { honour_key_once: "key", honour_once: "title" };

/** A holder that has been looked up, and the scopes that reach it. */
interface FoundHolder {
  holder: Holder;
  scopes: Scopes;
}

/** Reads and writes honours. */
export class HonourService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Honour | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  list(args: HonoursArgs): Promise<Page<Honour>> {
    return readPage<Honour>(this.context, honourList(args), args);
  }

  ofCommunity(parent: string, args: ListArgs): Promise<Page<Honour>> {
    return this.context.load(ofCommunity, { parent, args });
  }

  ofOrganisation(parent: string, args: ListArgs): Promise<Page<Honour>> {
    return this.context.load(ofOrganisation, { parent, args });
  }

  ofPractice(parent: string, args: ListArgs): Promise<Page<Honour>> {
    return this.context.load(ofPractice, { parent, args });
  }

  async create(input: CreateHonourInput): Promise<Honour | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const { honour } = input;
    ensureAmong(context.viewer, HONOUR_KEEPERS);
    const found = await this.find(honour.holder);
    const wrong = checkHolder(honour.holder, found);
    if (wrong.length > 0) throw badInput(wrong);
    const { holder, scopes } = found!;
    ensure(context.viewer, canKeepHonour(context.viewer, scopes));
    const awarder = await this.awarder(honour);
    const problems = [...checkHonour(honour, await this.thisYear()), ...unknownAwarder(honour, awarder)];
    if (problems.length > 0) throw badInput(problems);
    const id = uuidv7();
    const values = toValues({ ...honour, awarderId: awarder?.id }, holder);
    return once(() =>
      command(context, "createHonour", actingRole(context.viewer, HONOUR_KEEPERS, scopes), input, async (tx) => {
        await writeHonours(tx, [{ id, values, existing: null }]);
        tx.audit({ action: "create", concept: "honour", entityId: id, before: null, after: values });
        return readBack(tx, id);
      }),
    );
  }

  async update(input: UpdateHonourInput): Promise<Honour | AlreadyExists | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const honour = await this.byId(input.id);
    const found = honour && (await this.find(honour));
    if (!honour || !found) throw notFound("Honour");
    ensure(context.viewer, canKeepHonour(context.viewer, found.scopes));
    const [awarder, thisYear] = [await this.awarder(input), await this.thisYear()];
    const both: InputProblem[] =
      input.awarderId && input.awarderName != null
        ? [{ field: "awarderName", code: "EXACTLY_ONE", message: "Either an organisation awarded it or somebody named." }]
        : [];
    const problems = both.length > 0 ? both : unknownAwarder(input, awarder);
    if (problems.length > 0) throw badInput(problems);
    return once<Honour | VersionConflict | IdempotencyConflict>(() =>
      command<Honour | VersionConflict>(
        context,
        "updateHonour",
        actingRole(context.viewer, HONOUR_KEEPERS, found.scopes),
        input,
        async (tx) => {
          const stored = await lockHonour(tx, honour.id);
          if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
          const before = valuesOf(stored);
          const after = changed(before, input, awarder);
          const wrong = checkHonour(after, thisYear);
          if (wrong.length > 0) throw badInput(wrong);
          await writeHonours(tx, [{ id: stored.id, values: after, existing: stored }]);
          tx.audit({ action: "update", concept: "honour", entityId: stored.id, before, after });
          return readBack(tx, stored.id);
        },
      ),
    );
  }

  async import(input: ImportHonoursInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensureAmong(viewer, HONOUR_KEEPERS);
    const looked = await Promise.all(
      input.rows.map(async (row) => [row, { found: await this.find(row.holder), awarder: await this.awarder(row) }] as const),
    );
    const about = new Map(looked);
    const thisYear = await this.thisYear();
    const valuesFrom = (row: HonourRow): Values =>
      toValues({ ...row, awarderId: about.get(asGiven(row))!.awarder?.id ?? row.awarderId }, about.get(asGiven(row))!.found!.holder);
    let taken = new Map<string, string | null>();
    return bulkUpsert<HonourRow, Values, Honour>(context, input, {
      operation: "importHonours",
      concept: "honour",
      role: roleAmong(viewer, HONOUR_KEEPERS),
      rows: input.rows,
      keyOf: ({ key }) => key ?? "",
      check: (row) => {
        const { found, awarder } = about.get(asGiven(row))!;
        const problems = [
          ...checkText("key", row.key, { least: 1, most: 100 }),
          ...checkHolder(row.holder, found),
          ...checkHonour({ ...row, key: null }, thisYear),
          ...unknownAwarder(asGiven(row), awarder),
        ];
        if (problems.length > 0) return problems;
        const same = sameKey(valuesFrom(row));
        const other = taken.get(same);
        if (other !== undefined && other !== row.key)
          return [{ field: "title", code: "ALREADY_EXISTS", message: "Its holder has this title of that year already." }];
        taken.set(same, row.key ?? null);
        return [];
      },
      existing: async (tx, keys) => {
        const rows = input.rows.filter((row) => about.get(asGiven(row))!.found && checkHonour(row, thisYear).length === 0);
        taken = await honoursTaken(tx, rows.map(valuesFrom));
        return new Map((await lockByKey(tx, keys)).map((row) => [row.key!, row]));
      },
      idOf: ({ id }) => id,
      newId: ({ key }) => stableId("honour", key!),
      toValues: valuesFrom,
      storedValues: valuesOf,
      kept: (existing, given) => keptHonour(existing, given),
      permit: (row, existing) =>
        canKeepHonour(viewer, about.get(asGiven(row))!.found!.scopes) &&
        (existing === null || placeText(existing) === placeText(valuesFrom(row)) || isAdmin(viewer)),
      write: writeHonours,
    });
  }

  /** The one holder that is set, and who keeps its honours: of a practice, whoever keeps the practice. */
  private async find(given: HonourHolderInput): Promise<FoundHolder | null> {
    const { context } = this;
    if (givenHolders(given) !== 1) return null;
    const practice = await this.practice(given);
    if ((given.practiceId || given.practiceKey) && !practice) return null;
    const place = await findPlace(context, practice ?? { communityId: given.communityId, organisationId: given.organisationId });
    if (!place) return null;
    const holder = practice
      ? { communityId: null, organisationId: null, practiceId: practice.id }
      : { communityId: place.communityId, organisationId: place.organisationId, practiceId: null };
    return { holder, scopes: place.scopes };
  }

  private async practice({ practiceId, practiceKey }: HonourHolderInput): Promise<Practice | null> {
    if (practiceId) return this.context.practices.byId(practiceId);
    return practiceKey && isStorable(practiceKey) ? this.context.practices.byKey(practiceKey) : null;
  }

  private async awarder({ awarderId }: { awarderId?: string | null }): Promise<Organisation | null> {
    return awarderId ? this.context.organisations.byId(awarderId) : null;
  }

  private async thisYear(): Promise<number> {
    return Number((await this.context.calendars.today()).slice(0, 4));
  }
}

const givenHolders = ({ communityId, organisationId, practiceId, practiceKey }: HonourHolderInput): number =>
  [communityId, organisationId, practiceId, practiceKey].filter((id) => id != null).length;

function checkHolder(given: HonourHolderInput, found: FoundHolder | null): InputProblem[] {
  if (givenHolders(given) !== 1) return [{ field: "holder", code: "EXACTLY_ONE", message: "Exactly one of the holders is given." }];
  return found ? [] : [{ field: "holder", code: "UNKNOWN_REFERENCE", message: "There is no such record." }];
}

const unknownAwarder = ({ awarderId }: { awarderId?: string | null }, found: Organisation | null): InputProblem[] =>
  awarderId && !found ? [{ field: "awarderId", code: "UNKNOWN_REFERENCE", message: "There is no such record." }] : [];

/** Nobody else takes an honour from its holder. */
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
