import { PairingPartyEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  command,
  ensure,
  notFound,
  versionConflict,
  type IdempotencyConflict,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { carryCommitments } from "../pairing-commitment/carry-commitments";
import type { ConsentToPairingInput, SignPairingInput } from "./pairing.inputs";
import { canConsent, PAIRING_ACTORS } from "./pairing.policy";
import { consentMissing, stepRefused, type ConsentMissing, type PairingStepRefused } from "./pairing.results";
import { checkSigning, isHeld } from "./pairing.rules";
import { findMember, lockPairing, lockPairings, placeText, readBack, readParties, takeStep } from "./pairing.store";
import type { Pairing } from "./pairing.type";

/** A party's agreement. Once given it stands; given again it changes nothing. */
export async function consentToPairing(
  context: Context,
  input: ConsentToPairingInput,
): Promise<Pairing | PairingStepRefused | IdempotencyConflict> {
  const { viewer } = context;
  ensure(viewer, viewer.subject !== "anonymous");
  const pairing = await context.pairings.byId(input.id);
  if (!pairing) throw notFound("Pairing");
  const member = await findMember(context, input.party);
  ensure(viewer, canConsent(viewer, member?.scopes ?? []));
  const parties = await context.pairings.partiesOf(pairing.id);
  const party = member && parties.find((each) => placeText(each) === placeText(member));
  if (!party) throw badInput([{ field: "party", code: "UNKNOWN_REFERENCE", message: "It is not a party of the pairing." }]);
  const today = await context.calendars.today();
  return command<Pairing | PairingStepRefused>(
    context,
    "consentToPairing",
    actingRole(viewer, PAIRING_ACTORS, member.scopes),
    input,
    async (tx) => {
      const stored = await lockPairing(tx, pairing.id);
      if (stored.state !== "PROPOSED") return tx.rollback(stepRefused(stored.state));
      const now = (await readParties(tx, [pairing.id])).find(({ id }) => id === party.id)!;
      if (now.consentedOn === null) {
        await tx.manager.update(PairingPartyEntity, { id: party.id }, { consentedOn: today });
        const said = (consentedOn: string | null) => ({ party: placeText(party), consentedOn });
        tx.audit({ action: "consent", concept: "pairing", entityId: pairing.id, before: said(null), after: said(today) });
      }
      return readBack(tx, pairing.id);
    },
  );
}

export async function signPairing(
  context: Context,
  input: SignPairingInput,
): Promise<Pairing | ConsentMissing | PairingStepRefused | VersionConflict | IdempotencyConflict> {
  const { pairing, scopes } = await context.pairings.mine(input.id);
  const today = await context.calendars.today();
  const signedOn = input.signedOn ?? today;
  const problems = await context.pairings.checkEvent(input.eventId);
  if (signedOn > today) problems.push({ field: "signedOn", code: "IN_FUTURE", message: "The day has not come yet." });
  if (problems.length > 0) throw badInput(problems);
  return command<Pairing | ConsentMissing | PairingStepRefused | VersionConflict>(
    context,
    "signPairing",
    actingRole(context.viewer, PAIRING_ACTORS, scopes),
    input,
    async (tx) => {
      const locked = await lockPairings(tx, [pairing.id, ...(pairing.renewsId === null ? [] : [pairing.renewsId])]);
      const stored = locked.find(({ id }) => id === pairing.id)!;
      if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
      if (stored.state !== "PROPOSED") return tx.rollback(stepRefused(stored.state));
      const renewed = locked.find(({ id }) => id === stored.renewsId) ?? null;
      const untimely = checkSigning(stored, renewed, signedOn);
      if (untimely.length > 0) throw badInput(untimely);
      const parties = await readParties(tx, [stored.id]);
      const missing = parties.filter(({ consentedOn }) => consentedOn === null || consentedOn > signedOn).length;
      if (missing > 0) return tx.rollback(consentMissing(missing));
      const eventId = input.eventId?.toLowerCase() ?? null;
      await takeStep(tx, stored, parties, "sign", { state: "SIGNED", signedOn, eventId });
      if (renewed) await carryCommitments(tx, renewed.id, stored.id);
      if (renewed && isHeld(renewed.state)) await takeStep(tx, renewed, await readParties(tx, [renewed.id]), "renew", { state: "RENEWED" });
      return readBack(tx, stored.id);
    },
  );
}
