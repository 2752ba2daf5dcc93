import type { CommandTransaction } from "@gongjian/database";
import { PairingCommitmentEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  checkText,
  command,
  ensure,
  isUuid,
  notFound,
  versionConflict,
  type IdempotencyConflict,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { canKeepPairing, PAIRING_ACTORS } from "../pairing/pairing.policy";
import { stepRefused, type PairingStepRefused } from "../pairing/pairing.results";
import { isHeld } from "../pairing/pairing.rules";
import { findMember, lockPairing } from "../pairing/pairing.store";
import { namedParty } from "../pairing-exchange/kept-pairings";
import type { CompleteCommitmentInput, DropCommitmentInput, UpdateCommitmentInput } from "./pairing-commitment.inputs";
import { commitmentSettled, type CommitmentSettled } from "./pairing-commitment.results";
import { checkDone, checkDue, UNKNOWN_OWNER } from "./pairing-commitment.rules";
import { COMMITMENT_STORED, commitmentValues, lockCommitment, readCommitment, relationsSince } from "./pairing-commitment.store";
import type { PairingCommitment } from "./pairing-commitment.type";

type Refused = PairingStepRefused | CommitmentSettled | VersionConflict;
type Change = Partial<Pick<PairingCommitment, "title" | "ownerId" | "dueOn" | "doneOn" | "evidence" | "droppedOn" | "dropReason">>;

/** A commitment that is seen, by its id. @throws UNAUTHENTICATED, NOT_FOUND */
async function seen(context: Context, id: string): Promise<PairingCommitment> {
  ensure(context.viewer, context.viewer.subject !== "anonymous");
  const [commitment] = isUuid(id) ? await context.rows<PairingCommitment>(COMMITMENT_STORED, [id]) : [];
  if (!commitment || !(await context.pairings.byId(commitment.pairingId))) throw notFound("PairingCommitment");
  return commitment;
}

/** Locks a commitment after its pairing, and tells why it cannot be changed, if it cannot. `settled` are the states that stay as they are. */
async function held(
  tx: CommandTransaction,
  { id, pairingId }: PairingCommitment,
  expectedVersion: number,
  settled: readonly PairingCommitment["status"][],
): Promise<PairingCommitment> {
  const { state } = await lockPairing(tx, pairingId);
  const stored = await lockCommitment(tx, id);
  if (stored.version !== expectedVersion) return tx.rollback<Refused>(versionConflict(stored.version));
  if (!isHeld(state)) return tx.rollback<Refused>(stepRefused(state));
  if (settled.includes(stored.status)) return tx.rollback<Refused>(commitmentSettled(stored.status));
  return stored;
}

async function write(tx: CommandTransaction, stored: PairingCommitment, action: string, change: Change, reason?: string) {
  await tx.manager.update(PairingCommitmentEntity, { id: stored.id }, change);
  const before = commitmentValues(stored);
  const after = { ...before, ...change, ...(reason === undefined ? {} : { reason }) };
  tx.audit({ action, concept: "pairingCommitment", entityId: stored.id, before, after });
  return readCommitment(tx, stored.id);
}

/** Done, says its owner. */
export async function completeCommitment(
  context: Context,
  input: CompleteCommitmentInput,
): Promise<PairingCommitment | Refused | IdempotencyConflict> {
  const { viewer } = context;
  const commitment = await seen(context, input.id);
  const owner = (await context.pairingExchanges.partyById(commitment.ownerId))!;
  const scopes = (await findMember(context, owner))?.scopes ?? [];
  ensure(viewer, canKeepPairing(viewer, scopes));
  const today = await context.calendars.today();
  const doneOn = input.doneOn ?? today;
  const problems = checkDone({ doneOn, evidence: input.evidence }, { today });
  if (problems.length > 0) throw badInput(problems);
  const role = actingRole(viewer, PAIRING_ACTORS, scopes);
  return command<PairingCommitment | Refused>(context, "completeCommitment", role, input, async (tx) => {
    const stored = await held(tx, commitment, input.expectedVersion, ["DONE", "DROPPED"]);
    const done = { doneOn, evidence: input.evidence.trim() };
    const since = (await relationsSince(tx, [stored.pairingId])).get(stored.pairingId)!;
    const early = checkDone(done, { today, since });
    if (early.length > 0) throw badInput(early);
    return write(tx, stored, "complete", done);
  });
}

/** Corrects what was entered wrongly; the audit keeps what it said, and why it was changed. */
export async function updateCommitment(
  context: Context,
  input: UpdateCommitmentInput,
): Promise<PairingCommitment | Refused | IdempotencyConflict> {
  const commitment = await seen(context, input.id);
  const { parties, scopes } = await context.pairings.mine(commitment.pairingId);
  const owner = input.owner ? namedParty(parties, input.owner) : null;
  const problems = [
    ...checkText("reason", input.reason, { least: 1, most: 500 }),
    ...(input.title == null ? [] : checkText("title", input.title, { least: 1, most: 500 })),
    ...(input.owner && !owner ? [UNKNOWN_OWNER] : []),
  ];
  if (problems.length > 0) throw badInput(problems);
  const today = await context.calendars.today();
  const role = actingRole(context.viewer, PAIRING_ACTORS, scopes);
  return command<PairingCommitment | Refused>(context, "updateCommitment", role, input, async (tx) => {
    const stored = await held(tx, commitment, input.expectedVersion, ["DROPPED"]);
    const since = (await relationsSince(tx, [stored.pairingId])).get(stored.pairingId)!;
    const change: Change = {
      title: input.title?.trim() ?? stored.title,
      ownerId: owner?.id ?? stored.ownerId,
      dueOn: input.dueOn ?? stored.dueOn,
      doneOn: input.doneOn ?? stored.doneOn,
      evidence: input.evidence?.trim() ?? stored.evidence,
    };
    const wrong = [
      ...(input.dueOn ? checkDue(input.dueOn, since) : []),
      ...(stored.status === "DONE" ? checkDone(change, { today, since }) : []),
      ...(stored.status !== "DONE" && (input.doneOn || input.evidence)
        ? [{ field: "doneOn", code: "NOT_ALLOWED", message: "It is not done yet: complete it." }]
        : []),
    ];
    if (wrong.length > 0) throw badInput(wrong);
    return write(tx, stored, "update", change, input.reason.trim());
  });
}

/** Takes a commitment off the list, with a reason; it stays to be read. */
export async function dropCommitment(
  context: Context,
  input: DropCommitmentInput,
): Promise<PairingCommitment | Refused | IdempotencyConflict> {
  const commitment = await seen(context, input.id);
  const { scopes } = await context.pairings.mine(commitment.pairingId);
  const problems = checkText("reason", input.reason, { least: 1, most: 500 });
  if (problems.length > 0) throw badInput(problems);
  const today = await context.calendars.today();
  const role = actingRole(context.viewer, PAIRING_ACTORS, scopes);
  return command<PairingCommitment | Refused>(context, "dropCommitment", role, input, async (tx) => {
    const stored = await held(tx, commitment, input.expectedVersion, ["DONE", "DROPPED"]);
    return write(tx, stored, "drop", { droppedOn: today, dropReason: input.reason.trim() });
  });
}
