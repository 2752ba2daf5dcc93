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
import { RegionEntity, type IdentifierScheme } from "./region.entity";

export const COMMUNITY_KINDS = ["URBAN", "VILLAGE", "LI"] as const;
export type CommunityKind = (typeof COMMUNITY_KINDS)[number];

/** A residents' community, village or li. */
@Entity({ name: "community" })
@Unique("community_identifier_once", ["scheme", "identifier"])
@Check("community_kind_known", `kind IN ('URBAN', 'VILLAGE', 'LI')`)
@Check("community_scheme_known", `scheme IN ('CN_STATS', 'TW_MOI', 'GONGJIAN')`)
@Check("community_code_form", `scheme <> 'CN_STATS' OR identifier ~ '^[0-9]{12}$'`)
@Check(
  "community_location_whole",
  `(longitude IS NULL) = (latitude IS NULL) AND longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90`,
)
@Index("community_by_region", ["regionCode", "name", "id"])
@Index("community_by_name", ["name", "id"])
@Index("community_by_name_key", ["nameKey"])
@Index("community_by_region_kind", ["regionCode", "kind"])
@Index("community_search", { synchronize: false })
@Index("community_by_trait", { synchronize: false })
@Index("community_traited", { synchronize: false })
export class CommunityEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "community_pkey" })
  id: string;

  @Column({ type: "text" })
  scheme: IdentifierScheme;

  @Column({ type: "text" })
  identifier: string;

  @Column({ type: "text" })
  name: string;

  @Column({ name: "name_key", type: "text" })
  nameKey: string;

  @Column({ type: "text" })
  kind: CommunityKind;

  @Column({ name: "region_code", type: "text" })
  regionCode: string;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "region_code", foreignKeyConstraintName: "community_region_fk" })
  region?: Relation<RegionEntity>;

  @Column({ type: "text", array: true, default: "{}" })
  traits: string[];

  @Column({ type: "text", nullable: true })
  description: string | null;

  @Column({ type: "double precision", nullable: true })
  longitude: number | null;

  @Column({ type: "double precision", nullable: true })
  latitude: number | null;

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
