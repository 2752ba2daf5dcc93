import { defineLoader, groupsInOrder, inOrder, wholeStatement, type Condition } from "@gongjian/subgraph";
import type { Context } from "../context";
import { PAIRING_COLUMNS, STANDS } from "./pairing.lists";
import { visiblePairings } from "./pairing.policy";
import { partiesOfPairings } from "./pairing.store";
import type { Pairing, PairingParty } from "./pairing.type";

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
  const { statement: text, params } = visible(context, { sql: `p.renews_id = ANY(?::uuid[]) AND ${STANDS}`, params: [ids] });
  return inOrder(ids, await context.rows<Pairing>(text, params), (row) => row.renewsId!);
});
export const partiesOf = defineLoader<Context, string, PairingParty[]>(async (context, ids) =>
  groupsInOrder(ids, await partiesOfPairings(context, ids), ({ pairingId }) => pairingId),
);
