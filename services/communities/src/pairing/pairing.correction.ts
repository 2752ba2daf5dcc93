import { PairingEntity, PairingPartyEntity } from "@gongjian/entities-communities";
import { uuidv7, type CommandTransaction } from "@gongjian/database";
import {
  actingRole,
  badInput,
  checkText,
  command,
  ensure,
  versionConflict,
  type IdempotencyConflict,
  type InputProblem,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkPlace } from "../place/place";
import type { UpdatePairingInput } from "./pairing.inputs";
import { canKeepPairing, PAIRING_ACTORS } from "./pairing.policy";
import { stepRefused, type PairingStepRefused } from "./pairing.results";
import { checkPairing, checkParties, checkTerm, nextStates, termsChanged } from "./pairing.rules";
import { findMember, lockPairings, placeText, readBack, readParties, valuesOf, type NewParty } from "./pairing.store";
import type { Pairing, PairingParty } from "./pairing.type";

/** Takes back what parties agreed to, because it says something else from now on. */
export async function lapseConsents(tx: CommandTransaction, pairing: Pairing, parties: readonly PairingParty[]): Promise<void> {
  const agreed = parties.filter(({ consentedOn }) => consentedOn !== null);
  if (agreed.length === 0) return;
  await tx.manager.update(PairingPartyEntity, { pairingId: pairing.id }, { consentedOn: null });
  const said = agreed.map((party) => ({ party: placeText(party), consentedOn: party.consentedOn }));
  tx.audit({ action: "lapse", concept: "pairing", entityId: pairing.id, before: { consents: said }, after: { consents: [] } });
}

/** The parties that an input names, of whom the viewer acts for one. */
async function newParties(context: Context, input: UpdatePairingInput): Promise<{ parties: NewParty[] | null; problems: InputProblem[] }> {
  if (!input.parties) return { parties: null, problems: [] };
  const named = input.parties.slice(0, 101);
  const found = await Promise.all(named.map((party) => findMember(context, party)));
  const members = found.flatMap((place) => (place ? [place] : []));
  ensure(
    context.viewer,
    canKeepPairing(
      context.viewer,
      members.flatMap(({ scopes }) => scopes),
    ),
  );
  const problems = [
    ...named.flatMap((party, index) => checkPlace(`parties.${index}`, party, found[index] ?? null)),
    ...checkParties(
      members.map(placeText),
      named.map(({ side }) => side),
    ),
  ];
  const parties = members.map(({ communityId, organisationId }, index) => ({
    communityId,
    organisationId,
    side: named[index]!.side ?? 1,
    consentedOn: null,
  }));
  return { parties, problems };
}

/** Before the signing a change of the terms takes back what was agreed to; afterwards a change says why. */
function checkChange(input: UpdatePairingInput, stored: Pairing, agreed: boolean, next: Pairing, renewed: Pairing | null): InputProblem[] {
  const signed = stored.signedOn !== null;
  return [
    ...checkPairing(next),
    ...(next.endsOn === stored.endsOn ? [] : checkTerm(next.endsOn, { renewedEndsOn: renewed?.endsOn ?? null })),
    ...(signed && next.kind !== stored.kind ? [{ field: "kind", code: "SETTLED", message: "What is signed stays of its kind." }] : []),
    ...(input.parties && (signed || agreed || stored.renewsId !== null)
      ? [{ field: "parties", code: "SETTLED", message: "Once a party has agreed, the parties stay, and so do those of a renewal." }]
      : []),
    ...(signed ? checkText("reason", input.reason, { least: 1, most: 500 }) : []),
  ];
}

/** Corrects what a pairing says, before and after it is signed. */
export async function updatePairing(
  context: Context,
  input: UpdatePairingInput,
): Promise<Pairing | PairingStepRefused | VersionConflict | IdempotencyConflict> {
  const { pairing, scopes } = await context.pairings.mine(input.id);
  const { parties: fresh, problems } = await newParties(context, input);
  problems.push(...checkText("reason", input.reason, { most: 500 }), ...(await context.pairings.checkEvent(input.eventId)));
  const today = await context.calendars.today();
  if (problems.length > 0) throw badInput(problems);
  const role = actingRole(context.viewer, PAIRING_ACTORS, scopes);
  return command<Pairing | PairingStepRefused | VersionConflict>(context, "updatePairing", role, input, async (tx) => {
    const locked = await lockPairings(tx, [pairing.id, ...(pairing.renewsId === null ? [] : [pairing.renewsId])]);
    const stored = locked.find(({ id }) => id === pairing.id)!;
    if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
    if (nextStates(stored.state).length === 0) return tx.rollback(stepRefused(stored.state));
    const parties = await readParties(tx, [stored.id]);
    const change = {
      kind: input.kind ?? stored.kind,
      name: input.name?.trim() ?? stored.name,
      fields: input.fields?.map((field) => field.trim()) ?? stored.fields,
      endsOn: input.endsOn === undefined ? stored.endsOn : input.endsOn,
      eventId: input.eventId === undefined ? stored.eventId : (input.eventId?.toLowerCase() ?? null),
    };
    const agreed = parties.some(({ consentedOn }) => consentedOn !== null);
    const renewed = locked.find(({ id }) => id === stored.renewsId) ?? null;
    const wrong = [
      ...checkChange(input, stored, agreed, { ...stored, ...change }, renewed),
      ...(stored.state === "PROPOSED" && change.endsOn !== stored.endsOn ? checkTerm(change.endsOn, { today }) : []),
    ];
    if (wrong.length > 0) throw badInput(wrong);
    if (stored.state === "PROPOSED" && termsChanged(stored, change)) await lapseConsents(tx, stored, parties);
    if (fresh) {
      await tx.manager.delete(PairingPartyEntity, { pairingId: stored.id });
      await tx.manager.insert(
        PairingPartyEntity,
        fresh.map((party) => ({ ...party, id: uuidv7(), pairingId: stored.id, place: placeText(party) })),
      );
    }
    await tx.manager.update(PairingEntity, { id: stored.id }, change);
    const read = await readBack(tx, stored.id);
    const after = { ...valuesOf(read, await readParties(tx, [stored.id])), reason: input.reason?.trim() ?? null };
    tx.audit({ action: "update", concept: "pairing", entityId: stored.id, before: valuesOf(stored, parties), after });
    return read;
  });
}
