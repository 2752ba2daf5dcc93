import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, VersionColumn } from "typeorm";
import type { Relation } from "typeorm";
import { among, Checks } from "./columns";
import { PairingEntity, PairingPartyEntity } from "./pairing.entity";

export const EXCHANGE_KINDS = ["VISIT", "ONLINE", "GOODS"] as const;
export type ExchangeKind = (typeof EXCHANGE_KINDS)[number];

/** What a party promised to do by a day. */
@Entity({ name: "pairing_commitment" })
@Unique("pairing_commitment_key_once", ["key"])
@Checks({
  pairing_commitment_done_whole: "(done_on IS NULL) = (evidence IS NULL)",
  pairing_commitment_dropped_whole: "(dropped_on IS NULL) = (drop_reason IS NULL) AND (dropped_on IS NULL OR done_on IS NULL)",
})
@Index("pairing_commitment_by_pairing", ["pairingId", "dueOn", "id"])
@Index("pairing_commitment_by_owner", ["ownerId"])
export class PairingCommitmentEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "pairing_commitment_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ name: "pairing_id", type: "uuid" })
  pairingId: string;

  @ManyToOne(() => PairingEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "pairing_id", foreignKeyConstraintName: "pairing_commitment_pairing_fk" })
  pairing?: Relation<PairingEntity>;

  @Column({ name: "owner_id", type: "uuid" })
  ownerId: string;

  @ManyToOne(() => PairingPartyEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "owner_id", foreignKeyConstraintName: "pairing_commitment_owner_fk" })
  owner?: Relation<PairingPartyEntity>;

  @Column({ type: "text" })
  title: string;

  @Column({ name: "due_on", type: "date" })
  dueOn: string;

  @Column({ name: "done_on", type: "date", nullable: true })
  doneOn: string | null;

  @Column({ type: "text", nullable: true })
  evidence: string | null;

  /** When it was said that it should not stand on the list. */
  @Column({ name: "dropped_on", type: "date", nullable: true })
  droppedOn: string | null;

  @Column({ name: "drop_reason", type: "text", nullable: true })
  dropReason: string | null;

  @Column({ type: "boolean", default: false })
  illustrative: boolean;

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;
}

/** Something that went from one party to another: people, an online meeting, goods. */
@Entity({ name: "pairing_exchange" })
@Unique("pairing_exchange_key_once", ["key"])
@Unique("pairing_exchange_corrected_once", ["correctsId"])
@Checks({
  pairing_exchange_kind_known: among("kind", EXCHANGE_KINDS),
  pairing_exchange_two: "from_id <> to_id",
  pairing_exchange_heads: "head_count BETWEEN 1 AND 1000000",
  pairing_exchange_not_own_correction: "corrects_id <> id",
  pairing_exchange_correction_whole: "(corrects_id IS NULL) = (correction_reason IS NULL) AND (corrects_id IS NOT NULL OR NOT withdrawn)",
})
@Index("pairing_exchange_by_pairing", ["pairingId", "onDate", "id"])
@Index("pairing_exchange_by_from", ["fromId"])
@Index("pairing_exchange_by_to", ["toId"])
@Index("pairing_exchange_by_event", ["eventId", "onDate", "id"])
export class PairingExchangeEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "pairing_exchange_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ name: "pairing_id", type: "uuid" })
  pairingId: string;

  @ManyToOne(() => PairingEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "pairing_id", foreignKeyConstraintName: "pairing_exchange_pairing_fk" })
  pairing?: Relation<PairingEntity>;

  @Column({ type: "text" })
  kind: ExchangeKind;

  @Column({ name: "from_id", type: "uuid" })
  fromId: string;

  @ManyToOne(() => PairingPartyEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "from_id", foreignKeyConstraintName: "pairing_exchange_from_fk" })
  from?: Relation<PairingPartyEntity>;

  @Column({ name: "to_id", type: "uuid" })
  toId: string;

  @ManyToOne(() => PairingPartyEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "to_id", foreignKeyConstraintName: "pairing_exchange_to_fk" })
  to?: Relation<PairingPartyEntity>;

  @Column({ name: "on_date", type: "date" })
  onDate: string;

  @Column({ name: "head_count", type: "integer", nullable: true })
  headCount: number | null;

  @Column({ type: "text", nullable: true })
  note: string | null;

  @Column({ name: "event_id", type: "uuid", nullable: true })
  eventId: string | null;

  @Column({ type: "text", nullable: true })
  source: string | null;

  /** The entry of the log that this one corrects. */
  @Column({ name: "corrects_id", type: "uuid", nullable: true })
  correctsId: string | null;

  @ManyToOne(() => PairingExchangeEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "corrects_id", foreignKeyConstraintName: "pairing_exchange_corrects_fk" })
  corrects?: Relation<PairingExchangeEntity>;

  /** With a correction: there was no such exchange at all. */
  @Column({ type: "boolean", default: false })
  withdrawn: boolean;

  @Column({ name: "correction_reason", type: "text", nullable: true })
  correctionReason: string | null;
}
