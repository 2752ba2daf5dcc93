import { nestedList, type Condition, type ListQuery } from "@gongjian/subgraph";
import type { Context } from "../context";
import { HELD, TODAY } from "../pairing/pairing.lists";
import { visiblePairings } from "../pairing/pairing.policy";
import type { CommitmentsArgs, PairingCommitmentsArgs } from "./pairing-commitment.inputs";
import type { PairingCommitment } from "./pairing-commitment.type";

const STATUS = `(CASE WHEN t.dropped_on IS NOT NULL THEN 'DROPPED' WHEN t.done_on IS NOT NULL THEN 'DONE' WHEN t.due_on < ${TODAY} THEN 'OVERDUE' ELSE 'OPEN' END)`;
export const COMMITMENT_COLUMNS = `t.id, t.key, t.title, ${STATUS} AS status, t.due_on AS "dueOn", t.done_on AS "doneOn", t.evidence,
  t.dropped_on AS "droppedOn", t.drop_reason AS "dropReason", t.illustrative, t.source,
  t.version, t.pairing_id AS "pairingId", t.owner_id AS "ownerId"`;

const standing = (statuses: readonly string[] | null | undefined): Condition[] =>
  statuses ? [{ sql: `${STATUS} = ANY(?::text[])`, params: [statuses] }] : [{ sql: "t.dropped_on IS NULL", params: [] }];

const ORDERING: ListQuery["ordering"] = {
  tag: "pairing-commitments",
  keys: [
    { sql: "t.due_on", field: "dueOn", type: "date" },
    { sql: "t.id", field: "id", type: "uuid" },
  ],
  direction: "ASC",
};

export const commitmentsOfPairing = nestedList<Context, PairingCommitmentsArgs, PairingCommitment>({
  query: (_context, { statuses }) => ({
    select: COMMITMENT_COLUMNS,
    from: "pairing_commitment t",
    where: standing(statuses),
    ordering: ORDERING,
  }),
  link: "t.pairing_id = parent.id",
  parentType: "uuid",
});

const OWNER_WITHIN = `EXISTS (SELECT 1 FROM pairing_party q LEFT JOIN community c ON c.id = q.community_id
  LEFT JOIN organisation o ON o.id = q.organisation_id JOIN region w ON w.code = coalesce(c.region_code, o.region_code)
  WHERE q.id = t.owner_id AND w.scope_codes @> ARRAY[?::text])`;

/** Tasks of pairings that hold, whoever's list they stand on. */
export function regionCommitments(context: Context, { filter }: CommitmentsArgs): ListQuery {
  const { ownerWithin, statuses, dueBefore } = filter ?? {};
  return {
    select: COMMITMENT_COLUMNS,
    from: "pairing_commitment t JOIN pairing p ON p.id = t.pairing_id",
    where: [
      { sql: HELD, params: [] },
      ...visiblePairings(context.viewer),
      ...standing(statuses),
      ...(ownerWithin ? [{ sql: OWNER_WITHIN, params: [ownerWithin.replaceAll("\0", "")] }] : []),
      ...(dueBefore ? [{ sql: "t.due_on < ?::date", params: [dueBefore] }] : []),
    ],
    ordering: { ...ORDERING, tag: "commitments" },
  };
}
