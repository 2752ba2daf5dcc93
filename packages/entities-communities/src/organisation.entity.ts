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
  type Relation,
} from "typeorm";
import { searchColumn } from "./columns";
import { RegionEntity } from "./region.entity";

export const ORGANISATION_KINDS = [
  "SOCIAL_ORGANISATION",
  "ENTERPRISE",
  "SOCIAL_ENTERPRISE",
  "GOVERNMENT",
  "PARTY_BODY",
  "SCHOOL",
  "MEDIA",
  "RESIDENT_TEAM",
  "SUPPORT_CENTRE",
  "INSTITUTION",
  "OTHER",
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** A body that acts in neighbourhoods. */
@Entity({ name: "organisation" })
@Unique("organisation_key_once", ["key"])
@Unique("organisation_credit_code_once", ["creditCode"])
@Check("organisation_kind_known", `kind IN (${ORGANISATION_KINDS.map((kind) => `'${kind}'`).join(", ")})`)
@Check("organisation_credit_code_form", `credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'`)
@Check("organisation_merged_whole", `(merged_into IS NULL) = (merged_at IS NULL) AND merged_into <> id`)
@Index("organisation_by_survivor", ["mergedInto"])
@Index("organisation_by_name", ["name", "id"])
@Index("organisation_by_name_key", ["nameKey"])
@Index("organisation_by_region", ["regionCode", "name", "id"])
@Index("organisation_search", { synchronize: false })
@Index("organisation_by_body_code", { synchronize: false })
@Check(
  "organisation_former_code_whole",
  `former_credit_code IS NULL OR (former_credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$' AND merged_into IS NOT NULL)`,
)
@Index("organisation_by_former_code", ["formerCreditCode"], { where: "(former_credit_code IS NOT NULL)" })
export class OrganisationEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "organisation_pkey" })
  id: string;

  /** The external key that imports find the record again by. */
  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ type: "text" })
  name: string;

  @Column({ name: "name_key", type: "text" })
  nameKey: string;

  @Column({ type: "text" })
  kind: OrganisationKind;

  /** Unified social credit code, GB 32100-2015. */
  @Column({ name: "credit_code", type: "text", nullable: true })
  creditCode: string | null;

  @Column({ name: "region_code", type: "text", nullable: true })
  regionCode: string | null;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "region_code", foreignKeyConstraintName: "organisation_region_fk" })
  region?: Relation<RegionEntity>;

  @Column({ type: "text", array: true, default: "{}" })
  capabilities: string[];

  @Column({ type: "text", nullable: true })
  description: string | null;

  /** Made up to show how the platform works; not a real body. */
  @Column({ type: "boolean", default: false })
  illustrative: boolean;

  @Column(searchColumn)
  searchTokens: string[];

  @Column({ type: "text", nullable: true })
  source: string | null;

  /** The organisation that it was merged into: one that was not merged itself. */
  @Column({ name: "merged_into", type: "uuid", nullable: true })
  mergedInto: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "merged_into", foreignKeyConstraintName: "organisation_survivor_fk" })
  survivor?: Relation<OrganisationEntity>;

  @Column({ name: "merged_at", type: "timestamptz", nullable: true })
  mergedAt: Date | null;

  /** The credit code that it had when it was merged: lists may go on to name it, and mean the survivor. */
  @Column({ name: "former_credit_code", type: "text", nullable: true })
  formerCreditCode: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}
