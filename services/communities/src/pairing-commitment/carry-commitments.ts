import type { CommandTransaction } from "@gongjian/database";
import { PairingCommitmentEntity } from "@gongjian/entities-communities";
import { placeText, readParties } from "../pairing/pairing.store";
import { commitmentValues, OPEN_COMMITMENTS } from "./pairing-commitment.store";
import type { PairingCommitment } from "./pairing-commitment.type";

/**
 * Carries what is neither done nor dropped over to the pairing that renews another, each task to the same party. Both are locked, and the
 * one that renews is signed.
 */
export async function carryCommitments(tx: CommandTransaction, from: string, to: string): Promise<void> {
  const open = await tx.rows<PairingCommitment>(OPEN_COMMITMENTS, [from]);
  if (open.length === 0) return;
  const parties = await readParties(tx, [from, to]);
  const places = new Map(parties.map((party) => [party.id, placeText(party)]));
  const owners = new Map(parties.filter(({ pairingId }) => pairingId === to).map((party) => [placeText(party), party.id]));
  for (const task of open) {
    const change = { pairingId: to, ownerId: owners.get(places.get(task.ownerId)!)! };
    await tx.manager.update(PairingCommitmentEntity, { id: task.id }, change);
    const before = commitmentValues(task);
    tx.audit({ action: "carry", concept: "pairingCommitment", entityId: task.id, before, after: { ...before, ...change } });
  }
}
