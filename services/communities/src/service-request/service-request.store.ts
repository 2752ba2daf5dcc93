import { type Cell, type CommandTransaction, type KeyRing, type SealedTable, statement } from "@gongjian/database";
import type { ServiceRequestEntity } from "@gongjian/entities-communities";
import { defineLoader, inOrder, isUuid, nestedList, wholeStatement, type Condition, type ListQuery } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { ServiceRequestsArgs } from "./service-request.inputs";
import { visibleRequests } from "./service-request.policy";
import type { ServiceRequest } from "./service-request.type";

const COLUMNS = `q.id, q.key, q.side, q.community_id AS "communityId", q.organisation_id AS "organisationId", q.topic, q.title,
  q.contact_note AS "contactNote", q.mode, q.price, q.currency, q.units, q.starts_on AS "startsOn", q.ends_on AS "endsOn", q.tags, q.state, q.reason,
  q.round_id AS "roundId", q.entry_id AS "entryId", q.raised_by_issuer AS "raisedByIssuer", q.raised_by_subject AS "raisedBySubject",
  q.raised_at AS "raisedAt", q.illustrative, q.source, q.version`;
const READ = statement("service_request_read", `SELECT ${COLUMNS} FROM service_request q WHERE q.id = $1::uuid`);
const LOCKED = statement("service_request_locked", `${READ.text} FOR UPDATE`);
export const LOCKED_BY_KEYS = statement(
  "service_request_locked_by_keys",
  `SELECT ${COLUMNS} FROM service_request q WHERE q.key = ANY($1::text[]) ORDER BY q.id FOR UPDATE`,
);

/** What has to be sealed anew when the data keys change. */
export const REQUEST_SEALED: SealedTable = { schema: "communities", table: "service_request", columns: [{ name: "contact_note" }] };

const cellOf = (row: string): Cell => ({ schema: "communities", table: "service_request", column: "contact_note", row });

/** The columns of a note. */
export const sealedNote = (keys: KeyRing, id: string, note: string | null): Pick<ServiceRequestEntity, "contactNote" | "keyId"> => ({
  contactNote: note === null ? null : keys.seal(note, cellOf(id)),
  keyId: note === null ? null : keys.current,
});
export const openedNote = (keys: KeyRing, { id, contactNote }: Pick<ServiceRequest, "id" | "contactNote">): string | null =>
  contactNote === null ? null : keys.open(contactNote, cellOf(id));

/** A request as it is told to the caller of a mutation. */
export async function readBack(tx: CommandTransaction, id: string): Promise<ServiceRequest> {
  const [row] = await tx.rows<ServiceRequest>(READ, [id]);
  return { ...row!, __typename: "ServiceRequest" };
}

export async function locked(tx: CommandTransaction, id: string): Promise<ServiceRequest> {
  const [row] = await tx.rows<ServiceRequest>(LOCKED, [id]);
  return row!;
}

/** What the audit trail keeps: nothing that says who asked. */
export function auditedValues(request: ServiceRequest): Record<string, unknown> {
  const { __typename, id: _id, version: _version, raisedByIssuer: _issuer, raisedBySubject: _subject, ...values } = request;
  return values;
}

export const requestById = defineLoader<Context, string, ServiceRequest | null>(async (context, ids) => {
  const { statement: text, params } = wholeStatement({
    select: COLUMNS,
    from: "service_request q",
    where: [{ sql: "q.id = ANY(?::uuid[])", params: [ids] }, ...visibleRequests(context.viewer)],
    ordering: { tag: "", keys: [{ sql: "q.id", field: "id", type: "uuid" }], direction: "ASC" },
  });
  return inOrder(ids, await context.rows<ServiceRequest>(text, params), (row) => row.id);
});

const NOTHING: Condition = { sql: "false", params: [] };

export const requestList = (context: Context, { filter }: ServiceRequestsArgs): ListQuery => ({
  select: COLUMNS,
  from: "service_request q",
  where: [
    ...visibleRequests(context.viewer),
    ...(filter?.communityId
      ? [isUuid(filter.communityId) ? { sql: "q.community_id = ?::uuid", params: [filter.communityId] } : NOTHING]
      : []),
    ...(filter?.side ? [{ sql: "q.side = ?", params: [filter.side] }] : []),
    ...(filter?.state ? [{ sql: "q.state = ?", params: [filter.state] }] : []),
    ...(filter?.topic ? [{ sql: "q.topic = ?", params: [filter.topic] }] : []),
    ...(filter?.mine === true
      ? [
          {
            sql: "q.raised_by_subject = ? AND q.raised_by_issuer IS NOT DISTINCT FROM ?",
            params: [context.viewer.subject, context.viewer.issuer ?? null],
          },
        ]
      : []),
  ],
  ordering: {
    tag: "service-requests",
    keys: [
      { sql: "q.raised_at", field: "raisedAt", type: "timestamptz" },
      { sql: "q.id", field: "id", type: "uuid" },
    ],
    direction: "DESC",
  },
});

export const requestsOfCommunity = nestedList<Context, ServiceRequestsArgs, ServiceRequest>({
  query: requestList,
  link: "q.community_id = parent.id",
  parentType: "uuid",
});
