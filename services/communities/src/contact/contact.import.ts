import { statement, uuidv7, type KeyRing } from "@gongjian/database";
import { ContactEntity } from "@gongjian/entities-communities";
import {
  asGiven,
  bulkUpsert,
  ensureAmong,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type Scopes,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import type { ContactRow, ImportContactsInput } from "./contact.inputs";
import { CONTACT_COLUMNS } from "./contact.lists";
import { CONTACT_KEEPERS, canKeepContacts, type Owner } from "./contact.policy";
import { checkContact } from "./contact.rules";
import type { Contact } from "./contact.type";
import { indexesOf, lockIndexes, sealedValue, standIn } from "./contact.values";

const STORED = statement(
  "contacts_by_indexes",
  `SELECT ${CONTACT_COLUMNS}, c.value_index AS "valueIndex" FROM contact c WHERE c.value_index = ANY($1::text[]) ORDER BY c.id FOR UPDATE`,
);
const OWNERS = ["communityId", "organisationId", "appointmentId"] as const satisfies readonly (keyof Owner)[];
type Stored = Contact & { valueIndex: string };
type Values = Pick<Contact, keyof Owner | "kind" | "purpose" | "label" | "published">;

export const ownerOf = (given: { [K in keyof Owner]?: string | null }): Owner => ({
  communityId: given.communityId?.toLowerCase() ?? null,
  organisationId: given.organisationId?.toLowerCase() ?? null,
  appointmentId: given.appointmentId?.toLowerCase() ?? null,
});
const named = (owner: Owner): string => OWNERS.flatMap((field) => (owner[field] === null ? [] : [`${field}:${owner[field]}`])).join();

/** What is wrong with the choice of whose it is. `scopes` are null where there is no such record. */
export function checkOwner(owner: Owner, scopes: Scopes | null): InputProblem[] {
  const given = OWNERS.filter((field) => owner[field] !== null);
  if (given.length !== 1)
    return [{ field: "communityId", code: "EXACTLY_ONE", message: "Name one: a community, an organisation or an appointment." }];
  return scopes === null ? [{ field: given[0]!, code: "UNKNOWN_REFERENCE", message: "There is no such record." }] : [];
}

const indexes = (keys: KeyRing, { kind, value }: ContactRow): string[] => indexesOf(keys, kind, value);

/**
 * Enters or corrects contacts, each found again by whose it is and by its value: another number is another contact. No answer and no trail
 * holds a value; a row is known by its place in the list.
 */
export async function importContacts(
  context: Context,
  input: ImportContactsInput,
  scopesOf: (owner: Owner) => Promise<Scopes | null>,
): Promise<BulkOutcome | IdempotencyConflict> {
  const { viewer } = context;
  const { keys } = context.database;
  ensureAmong(viewer, CONTACT_KEEPERS);
  const scopes = new Map<ContactRow, Scopes | null>();
  await Promise.all(
    input.rows.map(async (row) => {
      const owner = ownerOf(row);
      scopes.set(row, OWNERS.filter((field) => owner[field] !== null).length === 1 ? await scopesOf(owner) : null);
    }),
  );
  const keyOf = (row: ContactRow): string => `${named(ownerOf(row))} ${indexes(keys, row)[0] ?? `row ${input.rows.indexOf(row)}`}`;
  const rowOf = new Map<string, ContactRow>();
  const newId = (row: ContactRow): string => {
    const id = uuidv7();
    rowOf.set(id, row);
    return id;
  };
  const remembered = { ...input, rows: input.rows.map((row) => ({ ...row, value: standIn(keys, row.value) })) };
  const outcome = await bulkUpsert<ContactRow, Values, Stored>(context, remembered, {
    operation: "importContacts",
    concept: "contact",
    role: roleAmong(viewer, CONTACT_KEEPERS),
    rows: input.rows,
    keyOf,
    check: (row) => [
      ...checkOwner(ownerOf(row), scopes.get(asGiven(row))!),
      ...checkContact({ ...row, published: row.published ?? false }),
    ],
    existing: async (tx) => {
      const all = [...new Set(input.rows.flatMap((row) => indexes(keys, row)))];
      await lockIndexes(tx, all);
      const stored = await tx.rows<Stored>(STORED, [all]);
      const found = new Map(stored.map((contact) => [`${named(contact)} ${contact.valueIndex}`, contact]));
      return new Map(
        input.rows.flatMap((row) => {
          const there = indexes(keys, row).flatMap((index) => found.get(`${named(ownerOf(row))} ${index}`) ?? []);
          return there[0] ? [[keyOf(row), there[0]] as const] : [];
        }),
      );
    },
    idOf: ({ id }) => id,
    newId,
    toValues: (row) => ({
      ...ownerOf(row),
      kind: row.kind,
      purpose: row.purpose.trim(),
      label: row.label?.trim() || null,
      published: row.published ?? false,
    }),
    storedValues: ({ communityId, organisationId, appointmentId, kind, purpose, label, published }) => ({
      communityId,
      organisationId,
      appointmentId,
      kind,
      purpose,
      label,
      published,
    }),
    permit: (row) => canKeepContacts(viewer, scopes.get(asGiven(row)) ?? []),
    write: async (tx, records) => {
      const created = records.filter(({ existing }) => existing === null);
      for (const { id, values } of created)
        await tx.manager.insert(ContactEntity, { id, ...values, ...sealedValue(keys, id, values.kind, rowOf.get(id)!.value) });
      for (const { id, values, existing } of records) if (existing !== null) await tx.manager.update(ContactEntity, { id }, values);
    },
  });
  return outcome.__typename === "BulkOutcome" ? { ...outcome, rows: outcome.rows.map((row) => ({ ...row, key: null })) } : outcome;
}
