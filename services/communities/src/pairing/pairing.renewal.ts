import { statement, uuidv7 } from "@gongjian/database";
import type { PairingState } from "@gongjian/entities-communities";
import { actingRole, badInput, checkTexts, command, type IdempotencyConflict } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { RenewPairingInput } from "./pairing.inputs";
import { STANDS } from "./pairing.lists";
import { PAIRING_ACTORS } from "./pairing.policy";
import { renewalExists, stepRefused, type PairingStepRefused, type RenewalExists } from "./pairing.results";
import { checkTerm, isHeld } from "./pairing.rules";
import { insertPairing, lockPairing, readNew, readParties } from "./pairing.store";
import type { Pairing } from "./pairing.type";

const STANDING = statement("pairing_renewal_standing", `SELECT p.id, p.state FROM pairing p WHERE p.renews_id = $1::uuid AND ${STANDS}`);

/** Proposes to carry a pairing on: another one between the same parties, who agree and sign anew. */
export async function renewPairing(
  context: Context,
  input: RenewPairingInput,
): Promise<Pairing | PairingStepRefused | RenewalExists | IdempotencyConflict> {
  const { pairing, scopes } = await context.pairings.mine(input.id);
  const today = await context.calendars.today();
  const problems = [
    ...checkTexts("fields", input.fields, { most: 50, mostItems: 20 }),
    ...checkTerm(input.endsOn, { today, renewedEndsOn: pairing.endsOn }),
  ];
  if (problems.length > 0) throw badInput(problems);
  const id = uuidv7();
  const role = actingRole(context.viewer, PAIRING_ACTORS, scopes);
  return command<Pairing | PairingStepRefused | RenewalExists>(context, "renewPairing", role, input, async (tx) => {
    // whoever renews it holds this lock: two do so one after the other
    const stored = await lockPairing(tx, pairing.id);
    const [standing] = await tx.rows<{ id: string; state: PairingState }>(STANDING, [stored.id]);
    if (standing) return tx.rollback(renewalExists(standing.id, standing.state));
    if (!isHeld(stored.state)) return tx.rollback(stepRefused(stored.state));
    const term = checkTerm(input.endsOn, { today, renewedEndsOn: stored.endsOn });
    if (term.length > 0) throw badInput(term);
    const { kind, name, illustrative, source } = stored;
    const fields = input.fields?.map((field) => field.trim()) ?? stored.fields;
    const fresh = { key: null, signedOn: null, eventId: null, endsOn: input.endsOn ?? null, renewsId: stored.id };
    const parties = await readParties(tx, [stored.id]);
    await insertPairing(
      tx,
      id,
      { kind, name, illustrative, source, fields, ...fresh },
      parties.map(({ communityId, organisationId, side }) => ({ communityId, organisationId, side, consentedOn: null })),
    );
    return readNew(tx, id);
  });
}
