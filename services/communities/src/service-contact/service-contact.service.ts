import { stableId, statement, type CommandTransaction } from "@gongjian/database";
import { ServiceContactEntity } from "@gongjian/entities-communities";
import {
  asGiven,
  bulkUpsert,
  defineLoader,
  ensureAmong,
  groupsInOrder,
  isUuid,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { findPlace, type FoundPlace } from "../place/place";
import type { ImportServiceContactsInput, ServiceContactRow } from "./service-contact.inputs";
import { canKeepCard, CARD_KEEPERS } from "./service-contact.policy";
import { checkServiceContact } from "./service-contact.rules";
import type { ServiceConcern, ServiceContact, ServiceContactCard } from "./service-contact.type";

const COLUMNS = `t.id, t.key, t.position, t.field, t.title, t.line, t.place, t.hours, t.illustrative, t.source, t.community_id AS "communityId", t.organisation_id AS "organisationId"`;
/** The key that no two lines of a card share bounds a card by its positions: 1 to 100. */
const OF_COMMUNITIES = statement(
  "service_contacts_of_communities",
  `SELECT ${COLUMNS} FROM unnest($1::uuid[]) AS parent(id) CROSS JOIN LATERAL
     (SELECT * FROM service_contact s WHERE s.community_id = parent.id ORDER BY s.position, s.id LIMIT 100) AS t ORDER BY t.position, t.id`,
);
const STORED = statement(
  "service_contacts_stored",
  `SELECT ${COLUMNS} FROM service_contact t JOIN unnest($1::uuid[], $2::text[]) AS k(community_id, key) ON t.community_id = k.community_id AND t.key = k.key FOR UPDATE OF t`,
);
const ofCommunity = defineLoader<Context, string, ServiceContact[]>(async (context, ids) =>
  groupsInOrder(ids, await context.rows<ServiceContact>(OF_COMMUNITIES, [ids]), (row) => row.communityId),
);

type Values = Omit<ServiceContact, "id">;
const storedValues = ({ id: _id, ...values }: ServiceContact): Values => values;
const keyOf = (row: { communityId: string; key: string }): string => `${row.communityId.toLowerCase()} ${row.key}`;

/** Keeps and shows service contact cards. */
export class ServiceContactService {
  constructor(private readonly context: Context) {}

  async card(communityId: string): Promise<ServiceContactCard> {
    const { context } = this;
    const [contacts, { edges }] = await Promise.all([
      context.load(ofCommunity, communityId),
      context.surveys.ofCommunity(communityId, { first: 10 }),
    ]);
    const responses = await Promise.all(edges.map(({ node }) => context.surveys.responses(node)));
    const last = edges.find((_edge, at) => responses[at] !== null)?.node;
    const period = last === undefined ? null : await context.surveys.period(last.periodId);
    const results = period === null ? [] : ((await context.surveys.results(period, communityId)) ?? []);
    const concerns = results
      .filter(({ content }) => content !== null && content < 1)
      .map(({ question, content }): ServiceConcern => ({ field: question.field, content: content! }))
      .sort((a, b) => a.content - b.content)
      .slice(0, 3);
    return { contacts, concerns, surveyedOn: period?.endsOn ?? null, count: contacts.length };
  }

  async import(input: ImportServiceContactsInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, CARD_KEEPERS);
    const places = new Map<string, FoundPlace | null>();
    for (const { communityId } of input.rows)
      if (!places.has(communityId)) places.set(communityId, await findPlace(context, { communityId }));
    const organisations = new Map<string, string | null>();
    for (const { organisationId: id } of input.rows)
      if (id && !organisations.has(id)) organisations.set(id, (await context.organisations.byId(id))?.id ?? null);
    return bulkUpsert<ServiceContactRow, Values, ServiceContact>(context, input, {
      operation: "importServiceContacts",
      concept: "serviceContact",
      role: roleAmong(context.viewer, CARD_KEEPERS),
      rows: input.rows,
      keyOf,
      check: (row) => [
        ...checkServiceContact(row),
        ...(places.get(row.communityId)
          ? []
          : [{ field: "communityId", code: "UNKNOWN_REFERENCE", message: "There is no such community." }]),
        ...(!asGiven(row).organisationId || organisations.get(row.organisationId!)
          ? []
          : [{ field: "organisationId", code: "UNKNOWN_REFERENCE", message: "There is no such organisation." }]),
      ],
      existing: (tx, keys) => storedBy(tx, keys),
      idOf: ({ id }) => id,
      newId: (row) => stableId("serviceContact", keyOf(row)),
      toValues: (row) => ({
        key: row.key,
        communityId: places.get(row.communityId)!.communityId!,
        position: row.position,
        field: row.field,
        title: row.title.trim(),
        organisationId: row.organisationId ? (organisations.get(row.organisationId) ?? row.organisationId) : null,
        line: row.line ?? null,
        place: row.place ?? null,
        hours: row.hours ?? null,
        illustrative: row.illustrative ?? false,
        source: row.source ?? null,
      }),
      storedValues,
      permit: (row) => canKeepCard(context.viewer, places.get(row.communityId)!.scopes),
      write: async (tx, records) => {
        const created = records.filter(({ existing }) => existing === null);
        if (created.length > 0)
          await tx.manager.insert(
            ServiceContactEntity,
            created.map(({ id, values }) => ({ id, ...values })),
          );
        for (const { id, values, existing } of records)
          if (existing !== null) await tx.manager.update(ServiceContactEntity, { id }, values);
      },
    });
  }
}

async function storedBy(tx: CommandTransaction, keys: readonly string[]): Promise<Map<string, ServiceContact>> {
  const parts = keys.map((key) => [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)] as const);
  const usable = parts.filter(([id, key]) => isUuid(id) && !key.includes("\0"));
  const rows = await tx.rows<ServiceContact>(STORED, [usable.map(([id]) => id), usable.map(([, key]) => key)]);
  return new Map(rows.map((row) => [keyOf(row), row]));
}
