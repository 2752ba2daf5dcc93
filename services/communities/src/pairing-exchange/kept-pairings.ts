import type { InputProblem, Scopes } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { PairingMemberInput } from "../pairing/pairing.inputs";
import { scopesOfParties } from "../pairing/pairing.store";
import type { Pairing, PairingParty } from "../pairing/pairing.type";

/** A pairing that rows of a list name, with its parties and the scopes of all of them. */
export interface KeptPairing {
  pairing: Pairing;
  parties: PairingParty[];
  scopes: Scopes;
}

export const UNKNOWN_PAIRING: InputProblem = {
  field: "pairingKey",
  code: "UNKNOWN_REFERENCE",
  message: "There is no such pairing.",
};

/** The pairings with these external keys, as far as the viewer may see them. A few batched reads. */
export async function keptPairings(context: Context, keys: readonly string[]): Promise<Map<string, KeptPairing>> {
  const found = await Promise.all(
    [...new Set(keys)].map(async (key) => {
      const pairing = key.includes("\0") ? null : await context.pairings.byKey(key);
      if (!pairing) return [];
      const parties = await context.pairings.partiesOf(pairing.id);
      return [[key, { pairing, parties, scopes: (await scopesOfParties(context, parties)).flat() }] as const];
    }),
  );
  return new Map(found.flat());
}

/** The party that an input names by exactly one id; null when it is none of them. */
export const namedParty = (parties: readonly PairingParty[], { communityId, organisationId }: PairingMemberInput): PairingParty | null => {
  if ((communityId == null) === (organisationId == null)) return null;
  const id = (communityId ?? organisationId)!.toLowerCase();
  return parties.find((party) => (communityId != null ? party.communityId : party.organisationId) === id) ?? null;
};
