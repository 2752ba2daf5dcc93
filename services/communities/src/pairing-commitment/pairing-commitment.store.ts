import { statement, type CommandTransaction } from "@gongjian/database";
import { COMMITMENT_COLUMNS } from "./pairing-commitment.lists";
import type { PairingCommitment } from "./pairing-commitment.type";

export const COMMITMENT_STORED = statement(
  "pairing_commitment_stored",
  `SELECT ${COMMITMENT_COLUMNS} FROM pairing_commitment t WHERE t.id = $1::uuid`,
);
const LOCKED = statement(
  "pairing_commitment_locked",
  `SELECT ${COMMITMENT_COLUMNS} FROM pairing_commitment t WHERE t.id = $1::uuid FOR NO KEY UPDATE`,
);
export const COMMITMENTS_BY_KEY = statement(
  "pairing_commitments_by_key",
  `SELECT ${COMMITMENT_COLUMNS} FROM pairing_commitment t WHERE t.key = ANY($1::text[]) ORDER BY t.id FOR NO KEY UPDATE`,
);
/** On whose lists tasks with these keys stand. */
export const LISTED_ON = statement(
  "pairing_commitments_listed_on",
  `SELECT t.pairing_id AS "pairingId" FROM pairing_commitment t WHERE t.key = ANY($1::text[])`,
);
export const OPEN_COMMITMENTS = statement(
  "pairing_commitments_open",
  `SELECT ${COMMITMENT_COLUMNS} FROM pairing_commitment t WHERE t.pairing_id = $1::uuid AND t.done_on IS NULL AND t.dropped_on IS NULL
   ORDER BY t.id FOR NO KEY UPDATE`,
);

const SINCE = statement(
  "pairing_relations_since",
  `SELECT p.id, min(f.signed_on)::text AS since FROM pairing p JOIN pairing f ON f.relation_id = p.relation_id
   WHERE p.id = ANY($1::uuid[]) GROUP BY p.id HAVING min(f.signed_on) IS NOT NULL`,
);

/** The days on which parties first signed, by the ids of pairings: of each, or of what it carries on. */
export const relationsSince = async (tx: CommandTransaction, pairingIds: readonly string[]): Promise<Map<string, string>> =>
  new Map((await tx.rows<{ id: string; since: string }>(SINCE, [pairingIds])).map(({ id, since }) => [id, since]));

/** What a commitment says, as it is stored and audited. */
export type CommitmentValues = Omit<PairingCommitment, "id" | "status" | "version">;
export const commitmentValues = ({ id: _id, status: _status, version: _version, ...values }: PairingCommitment): CommitmentValues => values;

export async function lockCommitment(tx: CommandTransaction, id: string): Promise<PairingCommitment> {
  const [row] = await tx.rows<PairingCommitment>(LOCKED, [id]);
  return row!;
}

export async function readCommitment(tx: CommandTransaction, id: string): Promise<PairingCommitment> {
  const [row] = await tx.rows<PairingCommitment>(COMMITMENT_STORED, [id]);
  return { __typename: "PairingCommitment", ...row! } as PairingCommitment;
}
