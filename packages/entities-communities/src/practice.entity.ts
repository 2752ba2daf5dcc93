import {
  Check,
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
import { searchColumn } from "./columns";
import { CommunityEntity } from "./community.entity";
import { OrganisationEntity } from "./organisation.entity";
import { RegionEntity } from "./region.entity";

export const PRACTICE_KINDS = ["GOVERNANCE_MODEL", "BRAND", "CASE", "PROJECT", "SERVICE_MODEL", "OTHER"] as const;
export type PracticeKind = (typeof PRACTICE_KINDS)[number];

/** A labelled part of a practice, with those that it is made of in their order. */
export interface PracticePartValue {
  label: string;
  /** How many it names, e.g. the five drives of "1-5-3-1"; null when it names no number. */
  count: number | null;
  items: PracticePartValue[];
}

/** A named way of working that a place or body holds and others adopt. */
@Entity({ name: "practice" })
@Unique("practice_key_once", ["key"])
@Unique("practice_name_once", ["place", "nameKey"])
@Check("practice_kind_known", `kind IN (${PRACTICE_KINDS.map((kind) => `'${kind}'`).join(", ")})`)
@Check(
  "practice_place_whole",
  "num_nonnulls(region_code, community_id, organisation_id) = 1 AND place = coalesce('region:' || region_code, 'community:' || community_id, 'organisation:' || organisation_id)",
)
@Check("practice_parts_list", "jsonb_typeof(parts) = 'array'")
@Index("practice_by_name", ["name", "id"])
@Index("practice_by_name_key", ["nameKey"])
@Index("practice_by_region", ["regionCode", "name", "id"])
@Index("practice_by_community", ["communityId", "name", "id"])
@Index("practice_by_organisation", ["organisationId", "name", "id"])
@Index("practice_by_event", { synchronize: false })
@Index("practice_search", { synchronize: false })
export class PracticeEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "practice_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ type: "text" })
  name: string;

  /** The name, folded: either script is the same name. */
  @Column({ name: "name_key", type: "text" })
  nameKey: string;

  @Column({ type: "text" })
  kind: PracticeKind;

  /** Who holds it, as one text. */
  @Column({ type: "text" })
  place: string;

  @Column({ name: "region_code", type: "text", nullable: true })
  regionCode: string | null;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "region_code", foreignKeyConstraintName: "practice_region_fk" })
  region?: Relation<RegionEntity>;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "practice_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "practice_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  @Column({ type: "text", nullable: true })
  summary: string | null;

  @Column({ type: "jsonb", default: [] })
  parts: PracticePartValue[];

  /** The events at which it was presented, of another subgraph. */
  @Column({ name: "event_ids", type: "uuid", array: true, default: "{}" })
  eventIds: string[];

  /** Made up to show how the platform works. */
  @Column({ type: "boolean", default: false })
  illustrative: boolean;

  @Column(searchColumn)
  searchTokens: string[];

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}

/** That a community or organisation works by a practice. Never deleted: one that was given up is history. */
@Entity({ name: "practice_adoption" })
@Unique("practice_adoption_key_once", ["key"])
@Index("practice_adoption_once", ["practiceId", "place"], { unique: true, where: "(ended_on IS NULL)" })
@Check(
  "practice_adoption_place_whole",
  "num_nonnulls(community_id, organisation_id) = 1 AND place = coalesce('community:' || community_id, 'organisation:' || organisation_id)",
)
@Check("practice_adoption_period", "ended_on >= since")
@Index("practice_adoption_by_practice", ["practiceId", "since", "id"])
@Index("practice_adoption_by_community", ["communityId", "since", "id"])
@Index("practice_adoption_by_organisation", ["organisationId", "since", "id"])
export class PracticeAdoptionEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "practice_adoption_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ name: "practice_id", type: "uuid" })
  practiceId: string;

  @ManyToOne(() => PracticeEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "practice_id", foreignKeyConstraintName: "practice_adoption_practice_fk" })
  practice?: Relation<PracticeEntity>;

  @Column({ type: "text" })
  place: string;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "practice_adoption_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "practice_adoption_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  @Column({ type: "date" })
  since: string;

  @Column({ name: "ended_on", type: "date", nullable: true })
  endedOn: string | null;

  @Column({ type: "text", nullable: true })
  note: string | null;

  /** Made up to show how the platform works. */
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
