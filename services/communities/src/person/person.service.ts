import { stableId, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { PersonEntity } from "@gongjian/entities-communities";
import { fold, indexTokens } from "@gongjian/hantext";
import {
  badInput,
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
  wholeStatement,
  type BulkOutcome,
  type IdempotencyConflict,
  type ListQuery,
  type Page,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import { visibleAppointments } from "../appointment/appointment.policy";
import type { Context } from "../context";
import { searchCondition } from "../search/search.rules";
import { findPlace } from "../place/place";
import type { ImportPeopleInput, PeopleArgs, PersonRow, UpdatePersonInput } from "./person.inputs";
import { canChangePerson, canImportPerson, PERSON_EDITORS, PERSON_IMPORTERS, visiblePeople } from "./person.policy";
import { checkPerson } from "./person.rules";
import type { Person } from "./person.type";

export const PERSON_COLUMNS = "p.id, p.key, p.name, p.illustrative, p.source, p.version";
const LOCKED = statement("person_locked", `SELECT ${PERSON_COLUMNS} FROM person p WHERE p.key = ANY($1::text[]) FOR UPDATE`);
const ONE_LOCKED = statement("person_one_locked", `SELECT ${PERSON_COLUMNS} FROM person p WHERE p.id = $1::uuid FOR UPDATE`);
const BY_KEY = statement("person_by_key", `SELECT ${PERSON_COLUMNS} FROM person p WHERE p.key = ANY($1::text[])`);
const PLACES = statement(
  "person_places",
  `SELECT DISTINCT a.person_id AS "personId", a.region_code AS "regionCode", a.community_id AS "communityId", a.organisation_id AS "organisationId"
   FROM appointment a WHERE a.person_id = ANY($1::uuid[])`,
);

const listOf = (context: Context, { filter }: PeopleArgs): ListQuery => {
  const [seen] = visibleAppointments(context.viewer);
  return {
    select: PERSON_COLUMNS,
    from: "person p",
    where: [
      ...visiblePeople(context.viewer),
      ...(filter?.roles
        ? [
            {
              sql: `EXISTS (SELECT 1 FROM appointment a WHERE a.person_id = p.id AND a.role = ANY(?::text[])${seen ? ` AND (${seen.sql})` : ""})`,
              params: [filter.roles, ...(seen?.params ?? [])],
            },
          ]
        : []),
      ...searchCondition("p.search_vector", filter?.search),
    ],
    ordering: {
      tag: "people:NAME_ASC",
      keys: [
        { sql: "p.name", field: "name", type: "text" },
        { sql: "p.id", field: "id", type: "uuid" },
      ],
      direction: "ASC",
    },
  };
};

const byId = defineLoader<Context, string, Person | null>(async (context, ids) => {
  const query = listOf(context, {});
  const { statement: text, params } = wholeStatement({
    ...query,
    where: [{ sql: "p.id = ANY(?::uuid[])", params: [ids] }, ...query.where],
  });
  return inOrder(ids, await context.rows<Person>(text, params), (row) => row.id);
});

type Values = Pick<Person, "key" | "name" | "illustrative" | "source">;
const valuesOf = ({ key, name, illustrative, source }: Values): Values => ({ key, name, illustrative, source });
const entityOf = (id: string, values: Values) => ({ ...values, id, nameKey: fold(values.name), searchTokens: indexTokens(values.name) });

/** Enters somebody not yet on record, in the transaction of their first appointment. */
export async function insertPerson(tx: CommandTransaction, name: string): Promise<string> {
  const id = uuidv7();
  const values: Values = { key: null, name: name.trim(), illustrative: false, source: null };
  await tx.manager.insert(PersonEntity, entityOf(id, values));
  tx.audit({ action: "create", concept: "person", entityId: id, before: null, after: values });
  return id;
}

/** Reads and writes people. */
export class PersonService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Person | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  list(args: PeopleArgs): Promise<Page<Person>> {
    return readPage<Person>(this.context, listOf(this.context, args), args);
  }

  /** The ids of people by key, for imports: whoever knows the key may refer to it. */
  async idsByKey(keys: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.context.rows<Person>(BY_KEY, [[...new Set(keys.filter(isStorable))]]);
    return new Map(rows.map((row) => [row.key!, row.id]));
  }

  async update(input: UpdatePersonInput): Promise<Person | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, context.viewer.subject !== "anonymous");
    const person = await this.byId(input.id);
    if (!person) throw notFound("Person");
    const places = (await this.placesOf([person.id])).get(person.id) ?? [];
    ensure(context.viewer, canChangePerson(context.viewer, places));
    const problems = checkPerson({ name: input.name });
    if (problems.length > 0) throw badInput(problems);
    return command(context, "updatePerson", roleAmong(context.viewer, PERSON_EDITORS), input, async (tx) => {
      const [stored] = await tx.rows<Person>(ONE_LOCKED, [person.id]);
      if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
      const before = valuesOf(stored!);
      const after = { ...before, name: input.name.trim() };
      await tx.manager.update(PersonEntity, { id: person.id }, entityOf(person.id, after));
      tx.audit({ action: "update", concept: "person", entityId: person.id, before, after });
      const [now] = await tx.rows<Person>(ONE_LOCKED, [person.id]);
      return { __typename: "Person", ...now! } as Person;
    });
  }

  async import(input: ImportPeopleInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, PERSON_IMPORTERS);
    const known = await this.idsByKey(input.rows.map(({ key }) => key));
    const places = await this.placesOf([...known.values()]);
    return bulkUpsert<PersonRow, Values, Person>(context, input, {
      operation: "importPeople",
      concept: "person",
      role: roleAmong(context.viewer, PERSON_IMPORTERS),
      rows: input.rows,
      keyOf: (row) => row.key,
      check: (row) => checkPerson(row),
      existing: async (tx, keys) => new Map((await tx.rows<Person>(LOCKED, [keys])).map((row) => [row.key!, row])),
      idOf: (person) => person.id,
      newId: (row) => stableId("person", row.key),
      toValues: (row) => ({ key: row.key, name: row.name.trim(), illustrative: row.illustrative ?? false, source: row.source ?? null }),
      storedValues: valuesOf,
      permit: (_row, existing) => canImportPerson(context.viewer, existing === null ? [] : (places.get(existing.id) ?? [])),
      write: async (tx, records) => {
        const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => entityOf(id, values));
        if (created.length > 0) await tx.manager.insert(PersonEntity, created);
        for (const { id, values, existing } of records)
          if (existing !== null) await tx.manager.update(PersonEntity, { id }, entityOf(id, values));
      },
    });
  }

  /** The scopes of every place at which each of the people holds or held anything, published or not. */
  private async placesOf(ids: readonly string[]): Promise<Map<string, Scopes[]>> {
    type Row = { personId: string; regionCode: string | null; communityId: string | null; organisationId: string | null };
    const rows = ids.length === 0 ? [] : await this.context.rows<Row>(PLACES, [ids]);
    const found = await Promise.all(rows.map((row) => findPlace(this.context, row)));
    const places = new Map<string, Scopes[]>();
    rows.forEach(({ personId }, index) => places.set(personId, [...(places.get(personId) ?? []), found[index]?.scopes ?? []]));
    return places;
  }
}
