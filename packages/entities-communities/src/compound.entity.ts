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
import { CommunityEntity } from "./community.entity";
import { OrganisationEntity } from "./organisation.entity";

export const COMPOUND_KINDS = [
  "COMMODITY_HOUSING",
  "DANWEI_ESTATE",
  "RESETTLEMENT",
  "AFFORDABLE_HOUSING",
  "OLD_COURTYARD",
  "SELF_BUILT",
  "MIXED",
  "OTHER",
] as const;
export type CompoundKind = (typeof COMPOUND_KINDS)[number];

/** A residential compound of a community. */
@Entity({ name: "compound" })
@Unique("compound_name_once", ["communityId", "nameKey"])
@Check("compound_kind_known", `kind IN (${COMPOUND_KINDS.map((kind) => `'${kind}'`).join(", ")})`)
@Check("compound_households_range", "households BETWEEN 0 AND 1000000")
@Check("compound_built_year_range", "built_year BETWEEN 1000 AND 2200")
@Check("compound_one_manager", "num_nonnulls(manager_id, manager_name) <= 1")
@Index("compound_by_community", ["communityId", "name", "id"])
@Index("compound_by_manager", ["managerId"])
export class CompoundEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "compound_pkey" })
  id: string;

  @Column({ name: "community_id", type: "uuid" })
  communityId: string;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "compound_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ type: "text" })
  name: string;

  /** The name, folded: either script is the same name. */
  @Column({ name: "name_key", type: "text" })
  nameKey: string;

  @Column({ type: "text" })
  kind: CompoundKind;

  @Column({ type: "integer", nullable: true })
  households: number | null;

  @Column({ name: "built_year", type: "integer", nullable: true })
  builtYear: number | null;

  /** Who manages the property, where it is an organisation of the platform. */
  @Column({ name: "manager_id", type: "uuid", nullable: true })
  managerId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "manager_id", foreignKeyConstraintName: "compound_manager_fk" })
  manager?: Relation<OrganisationEntity>;

  /** Who manages it, where it is not. */
  @Column({ name: "manager_name", type: "text", nullable: true })
  managerName: string | null;

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
