import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  UpdateDateColumn,
  VersionColumn,
} from "typeorm";
import type { Relation } from "typeorm";
import { among, Checks } from "./columns";
import { CommunityEntity } from "./community.entity";
import { OrganisationEntity } from "./organisation.entity";

export const PAIRING_KINDS = ["CROSS_STRAIT", "URBAN_RURAL", "ONE_PLUS_N", "TALENT", "COMMUNITY", "OTHER"] as const;
export type PairingKind = (typeof PAIRING_KINDS)[number];

export const PAIRING_STATES = ["PROPOSED", "SIGNED", "ACTIVE", "DORMANT", "RENEWED", "ENDED"] as const;
export type PairingState = (typeof PAIRING_STATES)[number];

/** What a pairing must be, whoever writes; the same words stand in the migration. */
export const PAIRING_CHECKS = {
  pairing_kind_known: among("kind", PAIRING_KINDS),
  pairing_state_known: among("state", PAIRING_STATES),
  pairing_signed_dated:
    "(state <> 'PROPOSED' OR signed_on IS NULL) AND (state NOT IN ('SIGNED', 'ACTIVE', 'DORMANT', 'RENEWED') OR signed_on IS NOT NULL)",
  pairing_term: "ends_on >= signed_on",
  pairing_ended_whole: "(state = 'ENDED') = (num_nonnulls(ended_on, end_reason) = 2) AND num_nonnulls(ended_on, end_reason) IN (0, 2)",
  pairing_ended_after: "ended_on >= signed_on",
  pairing_not_own_renewal: "renews_id <> id",
} as const;

/** A dated agreement between two or more communities and organisations. Never deleted: an ended one is history. */
@Entity({ name: "pairing" })
@Unique("pairing_key_once", ["key"])
@Checks(PAIRING_CHECKS)
@Index("pairing_renewed_once", ["renewsId"], { unique: true, where: "((state <> 'ENDED'::text) OR (signed_on IS NOT NULL))" })
@Index("pairing_by_relation", ["relationId", "id"])
@Index("pairing_by_signed_on", ["signedOn", "id"])
@Index("pairing_by_ends_on", ["endsOn", "id"])
@Index("pairing_by_event", ["eventId", "id"])
export class PairingEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "pairing_pkey" })
  id: string;

  /** The external key that imports find the record again by. */
  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ type: "text" })
  kind: PairingKind;

  @Column({ type: "text" })
  name: string;

  /** Fields of cooperation. */
  @Column({ type: "text", array: true, default: "{}" })
  fields: string[];

  @Column({ type: "text", default: "PROPOSED" })
  state: PairingState;

  @Column({ name: "signed_on", type: "date", nullable: true })
  signedOn: string | null;

  /** The last day of the term; null: until further notice. */
  @Column({ name: "ends_on", type: "date", nullable: true })
  endsOn: string | null;

  @Column({ name: "ended_on", type: "date", nullable: true })
  endedOn: string | null;

  @Column({ name: "end_reason", type: "text", nullable: true })
  endReason: string | null;

  /** At which event it was signed. */
  @Column({ name: "event_id", type: "uuid", nullable: true })
  eventId: string | null;

  /** The pairing that this one carries on. */
  @Column({ name: "renews_id", type: "uuid", nullable: true })
  renewsId: string | null;

  @ManyToOne(() => PairingEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "renews_id", foreignKeyConstraintName: "pairing_renews_fk" })
  renews?: Relation<PairingEntity>;

  /** The first of the pairings that carry each other on, itself when it carries on none. The database fills it in. */
  @Column({ name: "relation_id", type: "uuid", insert: false, update: false })
  relationId: string;

  @ManyToOne(() => PairingEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "relation_id", foreignKeyConstraintName: "pairing_relation_fk" })
  relation?: Relation<PairingEntity>;

  @Column({ type: "boolean", default: false })
  illustrative: boolean;

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}

/** One party of a pairing, and the day on which it agreed. */
@Entity({ name: "pairing_party" })
@Unique("pairing_party_once", ["pairingId", "place"])
@Checks({
  pairing_party_whole:
    "num_nonnulls(community_id, organisation_id) = 1 AND place = coalesce('community:' || community_id, 'organisation:' || organisation_id)",
  pairing_party_side: "side BETWEEN 1 AND 9",
})
@Index("pairing_party_by_community", ["communityId", "pairingId"])
@Index("pairing_party_by_organisation", ["organisationId", "pairingId"])
export class PairingPartyEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "pairing_party_pkey" })
  id: string;

  @Column({ name: "pairing_id", type: "uuid" })
  pairingId: string;

  @ManyToOne(() => PairingEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "pairing_id", foreignKeyConstraintName: "pairing_party_pairing_fk" })
  pairing?: Relation<PairingEntity>;

  /** `community:<uuid>` or `organisation:<uuid>`; written out from the one of the two that is set. */
  @Column({ type: "text" })
  place: string;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "pairing_party_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "pairing_party_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  /** Parties of different sides are paired with each other; where all have one side, everybody with everybody. */
  @Column({ type: "smallint" })
  side: number;

  @Column({ name: "consented_on", type: "date", nullable: true })
  consentedOn: string | null;
}
