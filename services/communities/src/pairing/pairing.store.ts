import { statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { PairingEntity, PairingPartyEntity, type PairingState } from "@gongjian/entities-communities";
import type { Scopes } from "@gongjian/subgraph";
import type { Context } from "../context";
import { findPlace, givenFields, type FoundPlace, type Place } from "../place/place";
import type { PairingMemberInput } from "./pairing.inputs";
import { PAIRING_COLUMNS } from "./pairing.lists";
import type { Pairing, PairingParty } from "./pairing.type";

const STORED = statement("pairing_stored", `SELECT ${PAIRING_COLUMNS} FROM pairing p WHERE p.id = $1::uuid`);
const LOCKED = statement(
  "pairings_locked",
  `SELECT ${PAIRING_COLUMNS} FROM pairing p WHERE p.id = ANY($1::uuid[]) ORDER BY p.id FOR NO KEY UPDATE`,
);
export const PARTY_COLUMNS = `q.id, q.pairing_id AS "pairingId", q.side, q.consented_on AS "consentedOn", q.community_id AS "communityId",
  q.organisation_id AS "organisationId"`;
const PARTIES = statement(
  "pairing_parties_stored",
  `SELECT ${PARTY_COLUMNS} FROM pairing_party q WHERE q.pairing_id = ANY($1::uuid[]) ORDER BY q.pairing_id, q.side, q.place`,
);

/** What a pairing says, as it is stored and audited. */
export type Values = Pick<
  Pairing,
  "key" | "kind" | "name" | "fields" | "signedOn" | "endsOn" | "eventId" | "renewsId" | "illustrative" | "source"
> & { parties: { place: string; side: number }[] };

export type Member = Pick<PairingParty, "communityId" | "organisationId">;

/** A party as one text, as the constraints compare it. */
export const placeText = ({ communityId, organisationId }: Member): string =>
  communityId === null ? `organisation:${organisationId}` : `community:${communityId}`;

const partiesOf = (parties: readonly (Member & { side: number })[]) =>
  parties.map((party) => ({ place: placeText(party), side: party.side })).sort((a, b) => a.side - b.side || (a.place < b.place ? -1 : 1));

export function valuesOf(stored: Pairing, parties: readonly PairingParty[]): Values {
  const { key, kind, name, fields, signedOn, endsOn, eventId, renewsId, illustrative, source } = stored;
  return { key, kind, name, fields, signedOn, endsOn, eventId, renewsId, illustrative, source, parties: partiesOf(parties) };
}

/** A community or organisation by the one id that is given; null when none or both are, or nothing has it. */
export const findMember = async (context: Context, { communityId, organisationId }: PairingMemberInput): Promise<FoundPlace | null> => {
  const place: Place = { communityId: communityId ?? null, organisationId: organisationId ?? null };
  return givenFields(place).length === 1 ? findPlace(context, place) : null;
};

/** The scopes of each party, in order. A few batched reads. */
export async function scopesOfParties(context: Context, parties: readonly Member[]): Promise<Scopes[]> {
  const places = await Promise.all(parties.map((party) => findMember(context, party)));
  return places.map((place) => place?.scopes ?? []);
}

export interface NewParty extends Member {
  id?: string;
  side: number;
  consentedOn: string | null;
}

/** Enters a pairing as proposed, with its parties; one that its row says was signed is signed at once. */
export async function insertPairing(
  tx: CommandTransaction,
  id: string,
  values: Omit<Values, "parties">,
  parties: readonly NewParty[],
): Promise<void> {
  const { signedOn, ...proposed } = values;
  await tx.manager.insert(PairingEntity, { ...proposed, id, state: "PROPOSED" });
  await tx.manager.insert(
    PairingPartyEntity,
    parties.map((party) => ({ ...party, id: party.id ?? uuidv7(), pairingId: id, place: placeText(party) })),
  );
  if (signedOn !== null) await tx.manager.update(PairingEntity, { id }, { state: "SIGNED", signedOn });
}

/** Locks pairings in one order, whoever does it. */
export const lockPairings = (tx: CommandTransaction, ids: readonly string[]): Promise<Pairing[]> => tx.rows<Pairing>(LOCKED, [ids]);

export async function lockPairing(tx: CommandTransaction, id: string): Promise<Pairing> {
  const [row] = await lockPairings(tx, [id]);
  return row!;
}

export const readParties = (tx: CommandTransaction, pairingIds: readonly string[]): Promise<PairingParty[]> =>
  tx.rows<PairingParty>(PARTIES, [pairingIds]);

export const partiesOfPairings = (context: Context, pairingIds: readonly string[]): Promise<PairingParty[]> =>
  context.rows<PairingParty>(PARTIES, [pairingIds]);

export async function readBack(tx: CommandTransaction, id: string): Promise<Pairing> {
  const [row] = await tx.rows<Pairing>(STORED, [id]);
  return { __typename: "Pairing", ...row! } as Pairing;
}

/** Reads a pairing that was just entered, and leaves its audit row. */
export async function readNew(tx: CommandTransaction, id: string): Promise<Pairing> {
  const stored = await readBack(tx, id);
  const after = valuesOf(stored, await readParties(tx, [id]));
  tx.audit({ action: "create", concept: "pairing", entityId: id, before: null, after });
  return stored;
}

/** Takes a locked pairing a step further, and leaves its audit row. */
export async function takeStep(
  tx: CommandTransaction,
  stored: Pairing,
  parties: readonly PairingParty[],
  action: string,
  change: { state: PairingState; signedOn?: string; eventId?: string | null; endedOn?: string; endReason?: string },
): Promise<void> {
  await tx.manager.update(PairingEntity, { id: stored.id }, change);
  const before = { ...valuesOf(stored, parties), state: stored.state };
  tx.audit({ action, concept: "pairing", entityId: stored.id, before, after: { ...before, ...change } });
}
