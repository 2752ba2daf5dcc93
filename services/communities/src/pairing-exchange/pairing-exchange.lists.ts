import { statement } from "@gongjian/database";
import { defineLoader, inOrder, nestedList, type ListQuery } from "@gongjian/subgraph";
import type { Context } from "../context";
import { COUNTS } from "../pairing/pairing.lists";
import { PARTY_COLUMNS } from "../pairing/pairing.store";
import type { PairingParty } from "../pairing/pairing.type";
import type { PairingExchangesArgs } from "./pairing-exchange.inputs";
import type { PairingExchange } from "./pairing-exchange.type";

const COLUMNS = `x.id, x.key, x.kind, x.on_date AS "onDate", x.head_count AS "headCount", x.note, x.source, x.pairing_id AS "pairingId",
  x.from_id AS "fromId", x.to_id AS "toId", x.event_id AS "eventId", x.corrects_id AS "correctsId", x.withdrawn,
  x.correction_reason AS "correctionReason"`;
export const EXCHANGE_STORED = statement("pairing_exchange_stored", `SELECT ${COLUMNS} FROM pairing_exchange x WHERE x.id = $1::uuid`);
export const EXCHANGES_BY_KEY = statement(
  "pairing_exchanges_by_key",
  `SELECT ${COLUMNS} FROM pairing_exchange x WHERE x.key = ANY($1::text[]) ORDER BY x.id FOR NO KEY UPDATE`,
);
export const CORRECTION_STORED = statement(
  "pairing_exchange_correction",
  "SELECT x.id FROM pairing_exchange x WHERE x.corrects_id = $1::uuid",
);
const BY_ID = statement("pairing_exchanges_by_id", `SELECT ${COLUMNS} FROM pairing_exchange x WHERE x.id = ANY($1::uuid[])`);
const CORRECTIONS = statement(
  "pairing_exchange_corrections",
  `SELECT ${COLUMNS} FROM pairing_exchange x WHERE x.corrects_id = ANY($1::uuid[])`,
);
const PARTIES_BY_ID = statement("pairing_parties_by_id", `SELECT ${PARTY_COLUMNS} FROM pairing_party q WHERE q.id = ANY($1::uuid[])`);

export const partyById = defineLoader<Context, string, PairingParty | null>(async (context, ids) =>
  inOrder(ids, await context.rows<PairingParty>(PARTIES_BY_ID, [ids]), ({ id }) => id),
);
export const exchangeById = defineLoader<Context, string, PairingExchange | null>(async (context, ids) =>
  inOrder(ids, await context.rows<PairingExchange>(BY_ID, [ids]), ({ id }) => id),
);
export const correctionOf = defineLoader<Context, string, PairingExchange | null>(async (context, ids) =>
  inOrder(ids, await context.rows<PairingExchange>(CORRECTIONS, [ids]), ({ correctsId }) => correctsId!),
);

/** Exchanges are between parties of signed pairings, which are public: nothing more is hidden here. */
const exchangeList = (_context: Context, { kinds, wholeLog }: PairingExchangesArgs): ListQuery => ({
  select: COLUMNS,
  from: "pairing_exchange x",
  where: [...(wholeLog ? [] : [{ sql: COUNTS, params: [] }]), ...(kinds ? [{ sql: "x.kind = ANY(?::text[])", params: [kinds] }] : [])],
  ordering: {
    tag: "pairing-exchanges",
    keys: [
      { sql: "x.on_date", field: "onDate", type: "date" },
      { sql: "x.id", field: "id", type: "uuid" },
    ],
    direction: "DESC",
  },
});
const below = (link: string) =>
  nestedList<Context, PairingExchangesArgs, PairingExchange>({ query: exchangeList, link, parentType: "uuid" });

export const exchangesOfPairing = below("x.pairing_id = parent.id");
export const exchangesOfEvent = below("x.event_id = parent.id");
