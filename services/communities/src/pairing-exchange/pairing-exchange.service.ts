import { stableId, uuidv7, type CommandTransaction } from "@gongjian/database";
import { PairingExchangeEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  bulkUpsert,
  checkText,
  command,
  ensureAmong,
  isUuid,
  roleAmong,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type Page,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkEventOf, unseenEvents } from "../pairing/pairing.import";
import { canImportPairingWork, PAIRING_ACTORS, PAIRING_IMPORTERS } from "../pairing/pairing.policy";
import { stepRefused, type PairingStepRefused } from "../pairing/pairing.results";
import { isHeld } from "../pairing/pairing.rules";
import { lockPairing, lockPairings } from "../pairing/pairing.store";
import type { Pairing, PairingParty } from "../pairing/pairing.type";
import { correctExchange } from "./exchange-correction";
import { keptPairings, namedParty, UNKNOWN_PAIRING, type KeptPairing } from "./kept-pairings";
import type {
  CorrectExchangeInput,
  ImportPairingExchangesInput,
  PairingExchangeRow,
  PairingExchangesArgs,
  RecordExchangeInput,
} from "./pairing-exchange.inputs";
import {
  correctionOf,
  EXCHANGE_STORED,
  exchangeById,
  EXCHANGES_BY_KEY,
  exchangesOfEvent,
  exchangesOfPairing,
  partyById,
} from "./pairing-exchange.lists";
import { checkExchange, sameTwice } from "./pairing-exchange.rules";
import type { PairingExchange } from "./pairing-exchange.type";

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
  correctsId: null,
  withdrawn: false,
  correctionReason: null,
});
const valuesOf = ({ id: _id, ...values }: PairingExchange): Values => values;

/** The log of what went to and fro in a pairing. */
export class PairingExchangeService {
  constructor(private readonly context: Context) {}

  partyById(id: string): Promise<PairingParty | null> {
    return this.context.load(partyById, id);
  }

  ofPairing(parent: string, args: PairingExchangesArgs): Promise<Page<PairingExchange>> {
    return this.context.load(exchangesOfPairing, { parent, args });
  }

  async ofEvent(id: string, args: PairingExchangesArgs): Promise<Page<PairingExchange> | null> {
    return isUuid(id) ? this.context.load(exchangesOfEvent, { parent: id.toLowerCase(), args }) : null;
  }

  async byId(id: string): Promise<PairingExchange | null> {
    return isUuid(id) ? this.context.load(exchangeById, id.toLowerCase()) : null;
  }

  /** The entry of the log that corrects another; null when none does. */
  correctionOf(id: string): Promise<PairingExchange | null> {
    return this.context.load(correctionOf, id);
  }

  correct(input: CorrectExchangeInput): Promise<PairingExchange | PairingStepRefused | AlreadyExists | IdempotencyConflict> {
    return correctExchange(this.context, input);
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
      await context.pairings.wake(tx, stored, input.onDate);
      const [row] = await tx.rows<PairingExchange>(EXCHANGE_STORED, [id]);
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
        return new Map((await tx.rows<PairingExchange>(EXCHANGES_BY_KEY, [keys])).map((row) => [row.key!, row]));
      },
      idOf: ({ id }) => id,
      newId: ({ key }) => stableId("pairing-exchange", key),
      toValues: (row) => toValues(row, row.key, of(row)!.pairing.id, side(row, "from")!.id, side(row, "to")!.id),
      storedValues: valuesOf,
      permit: (row, existing) =>
        canImportPairingWork(viewer, of(row)!.scopes) && (existing === null || existing.pairingId === of(row)!.pairing.id),
      frozen: (row, existing) => {
        if (existing) return [{ field: "key", code: "LOGGED", message: "It is in the log already: correct it with `correctExchange`." }];
        if (isHeld(locked.get(of(row)!.pairing.id)!.state)) return [];
        return [{ field: "pairingKey", code: "NOT_HELD", message: "The pairing is not signed, or it is over." }];
      },
      write: async (tx, records) => {
        for (const { id, values } of records) await tx.manager.insert(PairingExchangeEntity, { ...values, id });
        const latest = new Map<string, string>();
        for (const { values } of [...records].sort((a, b) => (a.values.onDate < b.values.onDate ? -1 : 1)))
          latest.set(values.pairingId, values.onDate);
        for (const pairing of locked.values())
          if (latest.has(pairing.id)) await context.pairings.wake(tx, pairing, latest.get(pairing.id)!);
      },
    });
  }
}

async function lockedPairings(tx: CommandTransaction, kept: readonly KeptPairing[]): Promise<Map<string, Pairing>> {
  const rows = await lockPairings(
    tx,
    kept.map(({ pairing }) => pairing.id),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
