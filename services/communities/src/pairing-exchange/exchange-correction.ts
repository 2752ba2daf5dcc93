import { uuidv7 } from "@gongjian/database";
import { PairingExchangeEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  alreadyExists,
  badInput,
  checkText,
  command,
  ensure,
  notFound,
  type AlreadyExists,
  type IdempotencyConflict,
  type InputProblem,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { PAIRING_ACTORS } from "../pairing/pairing.policy";
import { stepRefused, type PairingStepRefused } from "../pairing/pairing.results";
import { isHeld } from "../pairing/pairing.rules";
import { lockPairing } from "../pairing/pairing.store";
import type { PairingParty } from "../pairing/pairing.type";
import { namedParty } from "./kept-pairings";
import type { CorrectExchangeInput } from "./pairing-exchange.inputs";
import { CORRECTION_STORED, EXCHANGE_STORED } from "./pairing-exchange.lists";
import { checkExchange, sameTwice } from "./pairing-exchange.rules";
import type { PairingExchange } from "./pairing-exchange.type";

/** What the corrected entry says: what is left out stays as it was, and null takes it away. */
function corrected(old: PairingExchange, input: CorrectExchangeInput, from: PairingParty, to: PairingParty): Omit<PairingExchange, "id"> {
  const given = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value);
  return {
    key: null,
    pairingId: old.pairingId,
    kind: input.kind ?? old.kind,
    fromId: from.id,
    toId: to.id,
    onDate: input.onDate ?? old.onDate,
    headCount: given(input.headCount, old.headCount),
    note: given(input.note, old.note)?.trim() || null,
    eventId: given(input.eventId, old.eventId)?.toLowerCase() ?? null,
    source: null,
    correctsId: old.id,
    withdrawn: input.withdrawn ?? false,
    correctionReason: input.reason.trim(),
  };
}

const unknownParty = (field: string): InputProblem => ({
  field,
  code: "UNKNOWN_REFERENCE",
  message: "It is not a party of the pairing.",
});

/** Appends to the log what an entry of it should have said; the entry stays, and counts no longer. */
export async function correctExchange(
  context: Context,
  input: CorrectExchangeInput,
): Promise<PairingExchange | PairingStepRefused | AlreadyExists | IdempotencyConflict> {
  ensure(context.viewer, context.viewer.subject !== "anonymous");
  const old = await context.pairingExchanges.byId(input.id);
  if (!old) throw notFound("PairingExchange");
  const { pairing, parties, scopes } = await context.pairings.mine(old.pairingId);
  const party = (end: "from" | "to") =>
    input[end] ? namedParty(parties, input[end]) : (parties.find(({ id }) => id === (end === "from" ? old.fromId : old.toId)) ?? null);
  const [from, to] = [party("from"), party("to")];
  const problems = [
    ...checkExchange({ ...input, onDate: input.onDate ?? old.onDate }, await context.calendars.today()),
    ...checkText("reason", input.reason, { least: 1, most: 500 }),
    ...(from ? [] : [unknownParty("from")]),
    ...(to ? [] : [unknownParty("to")]),
    ...sameTwice(from, to),
    ...(await context.pairings.checkEvent(input.eventId)),
  ];
  if (problems.length > 0) throw badInput(problems);
  const role = actingRole(context.viewer, PAIRING_ACTORS, scopes);
  return command<PairingExchange | PairingStepRefused | AlreadyExists>(context, "correctExchange", role, input, async (tx) => {
    const stored = await lockPairing(tx, pairing.id);
    if (!isHeld(stored.state)) return tx.rollback(stepRefused(stored.state));
    if ((await tx.rows(CORRECTION_STORED, [old.id])).length > 0) return tx.rollback(alreadyExists("id"));
    const id = uuidv7();
    const values = corrected(old, input, from!, to!);
    await tx.manager.insert(PairingExchangeEntity, { ...values, id });
    const { id: _id, ...before } = old;
    tx.audit({ action: "correct", concept: "pairingExchange", entityId: id, before, after: values });
    const [row] = await tx.rows<PairingExchange>(EXCHANGE_STORED, [id]);
    return { __typename: "PairingExchange", ...row! } as PairingExchange;
  });
}
