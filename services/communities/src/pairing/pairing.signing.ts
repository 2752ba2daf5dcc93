import type { CommandTransaction } from "@gongjian/database";
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
import type { ConsentToPairingInput, PairingMemberInput, SignPairingInput, WithdrawConsentInput } from "./pairing.inputs";
import { canConsent, PAIRING_ACTORS } from "./pairing.policy";
import { consentMissing, stepRefused, type ConsentMissing, type PairingStepRefused } from "./pairing.results";
import { checkSigning, isHeld } from "./pairing.rules";
import { findMember, lockPairing, lockPairings, placeText, readBack, readParties, takeStep } from "./pairing.store";
import type { Pairing } from "./pairing.type";

/** A proposed pairing and the party of it that the viewer acts for. @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, BAD_USER_INPUT */
async function actingParty(context: Context, input: { id: string; party: PairingMemberInput }) {
  const { viewer } = context;
  ensure(viewer, viewer.subject !== "anonymous");
  const pairing = await context.pairings.byId(input.id);
  if (!pairing) throw notFound("Pairing");
  const member = await findMember(context, input.party);
  ensure(viewer, canConsent(viewer, member?.scopes ?? []));
  const named = member && placeText(member);
  const problem = { field: "party", code: "UNKNOWN_REFERENCE", message: "It is not a party of the pairing." };
  if (!(await context.pairings.partiesOf(pairing.id)).some((each) => placeText(each) === named)) throw badInput([problem]);
  return { pairing, place: named!, role: actingRole(viewer, PAIRING_ACTORS, member!.scopes) };
}

/** Writes on which day a party agreed, or that it has not, and leaves the audit row. */
async function writeConsent(tx: CommandTransaction, id: string, place: string, consentedOn: (now: string | null) => string | null) {
  const party = (await readParties(tx, [id])).find((each) => placeText(each) === place);
  if (!party) throw badInput([{ field: "party", code: "UNKNOWN_REFERENCE", message: "It is not a party of the pairing." }]);
  const day = consentedOn(party.consentedOn);
  if (day !== party.consentedOn) {
    await tx.manager.update(PairingPartyEntity, { id: party.id }, { consentedOn: day });
    const said = (on: string | null) => ({ party: place, consentedOn: on });
    const action = day === null ? "withdrawConsent" : "consent";
    tx.audit({ action, concept: "pairing", entityId: id, before: said(party.consentedOn), after: said(day) });
  }
  return readBack(tx, id);
}

/** A party's agreement. Given again it changes nothing, but for the day if that is named. */
export async function consentToPairing(
  context: Context,
  input: ConsentToPairingInput,
): Promise<Pairing | PairingStepRefused | VersionConflict | IdempotencyConflict> {
  const { pairing, place, role } = await actingParty(context, input);
  const today = await context.calendars.today();
  if (input.on && input.on > today) throw badInput([{ field: "on", code: "IN_FUTURE", message: "The day has not come yet." }]);
  return command<Pairing | PairingStepRefused | VersionConflict>(context, "consentToPairing", role, input, async (tx) => {
    const stored = await lockPairing(tx, pairing.id);
    if (input.expectedVersion != null && stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
    if (stored.state !== "PROPOSED") return tx.rollback(stepRefused(stored.state));
    return writeConsent(tx, stored.id, place, (now) => input.on ?? now ?? today);
  });
}

/** A party's agreement taken back, as long as nothing is signed. */
export async function withdrawConsent(
  context: Context,
  input: WithdrawConsentInput,
): Promise<Pairing | PairingStepRefused | IdempotencyConflict> {
  const { pairing, place, role } = await actingParty(context, input);
  return command<Pairing | PairingStepRefused>(context, "withdrawConsent", role, input, async (tx) => {
    const stored = await lockPairing(tx, pairing.id);
    if (stored.state !== "PROPOSED") return tx.rollback(stepRefused(stored.state));
    return writeConsent(tx, stored.id, place, () => null);
  });
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
      const later = parties.filter(({ consentedOn }) => consentedOn !== null && consentedOn > signedOn).length;
      const never = parties.filter(({ consentedOn }) => consentedOn === null).length;
      if (never + later > 0) return tx.rollback(consentMissing(never, later));
      const eventId = input.eventId?.toLowerCase() ?? stored.eventId;
      await takeStep(tx, stored, parties, "sign", { state: "SIGNED", signedOn, eventId });
      if (renewed) await carryCommitments(tx, renewed.id, stored.id);
      if (renewed && isHeld(renewed.state)) await takeStep(tx, renewed, await readParties(tx, [renewed.id]), "renew", { state: "RENEWED" });
      return readBack(tx, stored.id);
    },
  );
}
