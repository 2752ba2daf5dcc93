import { statement } from "@gongjian/database";
import { defineLoader, groupsInOrder, inOrder, wholeStatement, type Condition } from "@gongjian/subgraph";
import type { Context } from "../context";
import { PAIRING_COLUMNS } from "./pairing.lists";
import { visiblePairings } from "./pairing.policy";
import { owedVisits, type Visit } from "./pairing.rules";
import { partiesOfPairings } from "./pairing.store";
import type { OwedVisit, Pairing, PairingParty } from "./pairing.type";

const visible = (context: Context, where: Condition) =>
  wholeStatement({
    select: PAIRING_COLUMNS,
    from: "pairing p",
    where: [where, ...visiblePairings(context.viewer)],
    ordering: { tag: "", keys: [{ sql: "p.id", field: "id", type: "uuid" }], direction: "ASC" },
  });

export const byId = defineLoader<Context, string, Pairing | null>(async (context, ids) => {
  const { statement: text, params } = visible(context, { sql: "p.id = ANY(?::uuid[])", params: [ids] });
  return inOrder(ids, await context.rows<Pairing>(text, params), (row) => row.id);
});
export const byKey = defineLoader<Context, string, Pairing | null>(async (context, keys) => {
  const { statement: text, params } = visible(context, { sql: "p.key = ANY(?::text[])", params: [keys] });
  return inOrder(keys, await context.rows<Pairing>(text, params), (row) => row.key!);
});
export const renewalOf = defineLoader<Context, string, Pairing | null>(async (context, ids) => {
  const { statement: text, params } = visible(context, { sql: "p.renews_id = ANY(?::uuid[])", params: [ids] });
  return inOrder(ids, await context.rows<Pairing>(text, params), (row) => row.renewsId!);
});
export const partiesOf = defineLoader<Context, string, PairingParty[]>(async (context, ids) =>
  groupsInOrder(ids, await partiesOfPairings(context, ids), ({ pairingId }) => pairingId),
);

const VISITS = statement(
  "pairing_visits",
  `SELECT x.pairing_id AS "pairingId", x.from_id AS "fromId", x.to_id AS "toId", x.on_date AS "onDate"
   FROM pairing_exchange x WHERE x.pairing_id = ANY($1::uuid[]) AND x.kind = 'VISIT'`,
);
export const owedIn = defineLoader<Context, string, OwedVisit[]>(async (context, ids) => {
  const today = await context.calendars.today();
  const visits = await context.rows<Visit & { pairingId: string }>(VISITS, [ids]);
  return groupsInOrder(ids, visits, ({ pairingId }) => pairingId).map((group) => owedVisits(group, today));
});
