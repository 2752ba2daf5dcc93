import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  UpdateDateColumn,
  VersionColumn,
  type Relation,
} from "typeorm";
import { searchColumn } from "./columns";

export const REGION_LEVELS = ["PROVINCE", "CITY", "DISTRICT", "STREET"] as const;
export const REGION_KINDS = ["ADMINISTRATIVE", "ZONE"] as const;
export const IDENTIFIER_SCHEMES = ["CN_STATS", "TW_MOI", "GONGJIAN"] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];
export type RegionKind = (typeof REGION_KINDS)[number];
export type IdentifierScheme = (typeof IDENTIFIER_SCHEMES)[number];

/** A node of the administrative tree, or a zone that runs streets of other districts. */
@Entity({ name: "region" })
@Check("region_level_known", `level IN ('PROVINCE', 'CITY', 'DISTRICT', 'STREET')`)
@Check("region_kind_known", `kind IN ('ADMINISTRATIVE', 'ZONE')`)
@Check("region_scheme_known", `scheme IN ('CN_STATS', 'TW_MOI', 'GONGJIAN')`)
@Index("region_by_parent", ["parentCode", "code"])
@Index("region_by_name_key", ["nameKey"])
@Index("region_search", { synchronize: false })
@Index("region_by_scope", { synchronize: false })
export class RegionEntity {
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "region_pkey" })
  code: string;

  @Column({ type: "text" })
  scheme: IdentifierScheme;

  @Column({ type: "text" })
  name: string;

  @Column({ name: "name_key", type: "text" })
  nameKey: string;

  @Column({ type: "text" })
  level: RegionLevel;

  @Column({ type: "text", default: "ADMINISTRATIVE" })
  kind: RegionKind;

  @Column({ name: "parent_code", type: "text", nullable: true })
  parentCode: string | null;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "parent_code", foreignKeyConstraintName: "region_parent_fk" })
  parent?: Relation<RegionEntity>;

  /** The codes of this region, its ancestors, and the zones that manage any of them: whose officers reach it. */
  @Column({ name: "scope_codes", type: "text", array: true, default: "{}" })
  scopeCodes: string[];

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

/** A zone runs a region that lies elsewhere in the tree. */
@Entity({ name: "region_management" })
@Index("region_management_by_region", ["regionCode"])
export class RegionManagementEntity {
  @PrimaryColumn({ name: "zone_code", type: "text", primaryKeyConstraintName: "region_management_pkey" })
  zoneCode: string;

  @PrimaryColumn({ name: "region_code", type: "text", primaryKeyConstraintName: "region_management_pkey" })
  regionCode: string;

  @ManyToOne(() => RegionEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "zone_code", foreignKeyConstraintName: "region_management_zone_fk" })
  zone?: Relation<RegionEntity>;

  @ManyToOne(() => RegionEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "region_code", foreignKeyConstraintName: "region_management_region_fk" })
  region?: Relation<RegionEntity>;
}
