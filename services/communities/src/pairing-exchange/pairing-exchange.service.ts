import { stableId, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { PairingExchangeEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  bulkUpsert,
  checkNumber,
  checkText,
  command,
  defineLoader,
  ensureAmong,
  inOrder,
  nestedList,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type ListQuery,
  type Page,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkEventOf, unseenEvents } from "../pairing/pairing.import";
import { canImportPairingWork, PAIRING_ACTORS, PAIRING_IMPORTERS } from "../pairing/pairing.policy";
import { stepRefused, type PairingStepRefused } from "../pairing/pairing.results";
import { isHeld } from "../pairing/pairing.rules";
import { lockPairing, lockPairings, PARTY_COLUMNS } from "../pairing/pairing.store";
import type { Pairing, PairingParty } from "../pairing/pairing.type";
import { keptPairings, namedParty, UNKNOWN_PAIRING, type KeptPairing } from "./kept-pairings";
import type { ImportPairingExchangesInput, PairingExchangeRow, PairingExchangesArgs, RecordExchangeInput } from "./pairing-exchange.inputs";
import type { PairingExchange } from "./pairing-exchange.type";

const COLUMNS = `x.id, x.key, x.kind, x.on_date AS "onDate", x.head_count AS "headCount", x.note, x.source, x.pairing_id AS "pairingId",
  x.from_id AS "fromId", x.to_id AS "toId", x.event_id AS "eventId"`;
const STORED = statement("pairing_exchange_stored", `SELECT ${COLUMNS} FROM pairing_exchange x WHERE x.id = $1::uuid`);
const BY_KEY = statement(
  "pairing_exchanges_by_key",
  `SELECT ${COLUMNS} FROM pairing_exchange x WHERE x.key = ANY($1::text[]) ORDER BY x.id FOR NO KEY UPDATE`,
);
const PARTIES_BY_ID = statement("pairing_parties_by_id", `SELECT ${PARTY_COLUMNS} FROM pairing_party q WHERE q.id = ANY($1::uuid[])`);

const partyById = defineLoader<Context, string, PairingParty | null>(async (context, ids) =>
  inOrder(ids, await context.rows<PairingParty>(PARTIES_BY_ID, [ids]), ({ id }) => id),
);

const exchangeList = (_context: Context, { kinds }: PairingExchangesArgs): ListQuery => ({
  select: COLUMNS,
  from: "pairing_exchange x",
  where: kinds ? [{ sql: "x.kind = ANY(?::text[])", params: [kinds] }] : [],
  ordering: {
    tag: "pairing-exchanges",
    keys: [
      { sql: "x.on_date", field: "onDate", type: "date" },
      { sql: "x.id", field: "id", type: "uuid" },
    ],
    direction: "DESC",
  },
});
const ofPairing = nestedList<Context, PairingExchangesArgs, PairingExchange>({
  query: exchangeList,
  link: "x.pairing_id = parent.id",
  parentType: "uuid",
});

type Values = Omit<PairingExchange, "id">;

interface Given {
  kind: Values["kind"];
  onDate: string;
  headCount?: number | null;
  note?: string | null;
  eventId?: string | null;
  source?: string | null;
}

const toValues = (given: Given, key: string | null, pairingId: string, fromId: string, toId: string): Values => ({
  key,
  pairingId,
  kind: given.kind,
  fromId,
  toId,
  onDate: given.onDate,
  headCount: given.headCount ?? null,
  note: given.note?.trim() || null,
  eventId: given.eventId?.toLowerCase() ?? null,
  source: given.source ?? null,
});
const valuesOf = ({ id: _id, ...values }: PairingExchange): Values => values;

function checkExchange({ headCount, note, onDate, source }: Given, today: string): InputProblem[] {
  const problems = [
    ...checkNumber("headCount", headCount, { least: 1, most: 1_000_000 }),
    ...checkText("note", note, { most: 1000 }),
    ...checkText("source", source, { most: 100 }),
  ];
  if (onDate > today) problems.push({ field: "onDate", code: "IN_FUTURE", message: "The day has not come yet." });
  return problems;
}

const sameTwice = (from: PairingParty | null, to: PairingParty | null): InputProblem[] =>
  from && to && from.id === to.id ? [{ field: "to", code: "NOT_ALLOWED", message: "An exchange is between two parties." }] : [];

/** The log of what went to and fro in a pairing. */
export class PairingExchangeService {
  constructor(private readonly context: Context) {}

  partyById(id: string): Promise<PairingParty | null> {
    return this.context.load(partyById, id);
  }

  ofPairing(parent: string, args: PairingExchangesArgs): Promise<Page<PairingExchange>> {
    return this.context.load(ofPairing, { parent, args });
  }

  async record(input: RecordExchangeInput): Promise<PairingExchange | PairingStepRefused | IdempotencyConflict> {
    const { context } = this;
    const { pairing, parties, scopes } = await context.pairings.mine(input.pairingId);
    const [from, to] = [namedParty(parties, input.from), namedParty(parties, input.to)];
    const problems = [
      ...checkExchange(input, await context.calendars.today()),
      ...(from ? [] : [{ field: "from", code: "UNKNOWN_REFERENCE", message: "It is not a party of the pairing." }]),
      ...(to ? [] : [{ field: "to", code: "UNKNOWN_REFERENCE", message: "It is not a party of the pairing." }]),
      ...sameTwice(from, to),
      ...(await context.pairings.checkEvent(input.eventId)),
    ];
    if (problems.length > 0) throw badInput(problems);
    const role = actingRole(context.viewer, PAIRING_ACTORS, scopes);
    return command<PairingExchange | PairingStepRefused>(context, "recordExchange", role, input, async (tx) => {
      const stored = await lockPairing(tx, pairing.id);
      if (!isHeld(stored.state)) return tx.rollback(stepRefused(stored.state));
      const id = uuidv7();
      const values = toValues(input, null, pairing.id, from!.id, to!.id);
      await tx.manager.insert(PairingExchangeEntity, { ...values, id });
      tx.audit({ action: "create", concept: "pairingExchange", entityId: id, before: null, after: values });
      await context.pairings.wake(tx, stored);
      const [row] = await tx.rows<PairingExchange>(STORED, [id]);
      return { __typename: "PairingExchange", ...row! } as PairingExchange;
    });
  }

  /** Imports the logs of lists and reports; a second import of the same list changes nothing. */
  async import(input: ImportPairingExchangesInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensureAmong(viewer, PAIRING_IMPORTERS);
    const today = await context.calendars.today();
    const kept = await keptPairings(
      context,
      input.rows.map(({ pairingKey }) => pairingKey),
    );
    const unseen = await unseenEvents(
      context,
      input.rows.map(({ eventId }) => eventId),
    );
    const of = (row: PairingExchangeRow): KeptPairing | undefined => kept.get(row.pairingKey);
    const side = (row: PairingExchangeRow, end: "from" | "to") => namedParty(of(row)?.parties ?? [], row[end]);
    let locked = new Map<string, Pairing>();
    return bulkUpsert<PairingExchangeRow, Values, PairingExchange>(context, input, {
      operation: "importPairingExchanges",
      concept: "pairingExchange",
      role: roleAmong(viewer, PAIRING_IMPORTERS),
      rows: input.rows,
      keyOf: ({ key }) => key,
      check: (row) => [
        ...checkText("key", row.key, { least: 1, most: 100 }),
        ...checkExchange(row, today),
        ...checkEventOf(row.eventId, unseen),
        ...(of(row) ? [] : [UNKNOWN_PAIRING]),
        ...(["from", "to"] as const).flatMap((end) =>
          !of(row) || side(row, end) ? [] : [{ field: end, code: "UNKNOWN_REFERENCE", message: "It is not a party of the pairing." }],
        ),
        ...sameTwice(side(row, "from"), side(row, "to")),
      ],
      existing: async (tx, keys) => {
        locked = await lockedPairings(tx, [...kept.values()]);
        return new Map((await tx.rows<PairingExchange>(BY_KEY, [keys])).map((row) => [row.key!, row]));
      },
      idOf: ({ id }) => id,
      newId: ({ key }) => stableId("pairing-exchange", key),
      toValues: (row) => toValues(row, row.key, of(row)!.pairing.id, side(row, "from")!.id, side(row, "to")!.id),
      storedValues: valuesOf,
      permit: (row, existing) =>
        canImportPairingWork(viewer, of(row)!.scopes) && (existing === null || existing.pairingId === of(row)!.pairing.id),
      frozen: (row) =>
        isHeld(locked.get(of(row)!.pairing.id)!.state)
          ? []
          : [{ field: "pairingKey", code: "NOT_HELD", message: "The pairing is not signed, or it is over." }],
      write: async (tx, records) => {
        for (const { id, values, existing } of records) {
          if (existing === null) await tx.manager.insert(PairingExchangeEntity, { ...values, id });
          else await tx.manager.update(PairingExchangeEntity, { id }, values);
        }
        const touched = new Set(records.map(({ values }) => values.pairingId));
        for (const pairing of locked.values()) if (touched.has(pairing.id)) await context.pairings.wake(tx, pairing);
      },
    });
  }
}

export async function lockedPairings(tx: CommandTransaction, kept: readonly KeptPairing[]): Promise<Map<string, Pairing>> {
  const rows = await lockPairings(
    tx,
    kept.map(({ pairing }) => pairing.id),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
