import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  Unique,
  UpdateDateColumn,
  VersionColumn,
  type Relation,
} from "typeorm";
import { CommunityEntity } from "./community.entity";

export const PRECISIONS = ["EXACT", "ABOUT", "OVER"] as const;
export type Precision = (typeof PRECISIONS)[number];

/** What a community counted on a day. A figure that was not counted is null, never 0. */
@Entity({ name: "population_snapshot" })
@Unique("population_snapshot_once_a_day", ["communityId", "asOf"])
@Check("population_snapshot_counts", `residents >= 0 AND households >= 0 AND compounds >= 0 AND ethnic_group_count BETWEEN 1 AND 56`)
@Check("population_snapshot_precision_known", `residents_precision IN ('EXACT', 'ABOUT', 'OVER')`)
export class PopulationSnapshotEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "population_snapshot_pkey" })
  id: string;

  @Column({ name: "community_id", type: "uuid" })
  communityId: string;

  @ManyToOne(() => CommunityEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "population_snapshot_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ name: "as_of", type: "date" })
  asOf: string;

  @Column({ type: "integer", nullable: true })
  residents: number | null;

  @Column({ name: "residents_precision", type: "text", default: "EXACT" })
  residentsPrecision: Precision;

  @Column({ type: "integer", nullable: true })
  households: number | null;

  @Column({ type: "integer", nullable: true })
  compounds: number | null;

  @Column({ name: "ethnic_group_count", type: "integer", nullable: true })
  ethnicGroupCount: number | null;

  @OneToMany(
    () => PopulationEthnicGroupEntity,
    (group) => group.snapshot,
  )
  ethnicGroups?: Relation<PopulationEthnicGroupEntity>[];

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}

/** An ethnic group named in a snapshot, by its GB/T 3304-1991 numeric code. */
@Entity({ name: "population_ethnic_group" })
@Check("population_ethnic_group_code", `code BETWEEN 1 AND 56`)
@Check("population_ethnic_group_count", `count >= 0`)
@Check(
  "population_ethnic_group_small_withheld",
  `CASE WHEN count BETWEEN 1 AND 9 THEN withheld WHEN count > 0 THEN true ELSE NOT withheld END`,
)
export class PopulationEthnicGroupEntity {
  @PrimaryColumn({ name: "snapshot_id", type: "uuid", primaryKeyConstraintName: "population_ethnic_group_pkey" })
  snapshotId: string;

  @PrimaryColumn({ type: "integer", primaryKeyConstraintName: "population_ethnic_group_pkey" })
  code: number;

  @Column({ type: "integer", nullable: true })
  count: number | null;

  /** Whether the count is left out of whatever is shown: it is small, or would tell one that is. */
  @Column({ type: "boolean" })
  withheld: boolean;

  @ManyToOne(
    () => PopulationSnapshotEntity,
    (snapshot) => snapshot.ethnicGroups,
    { onDelete: "CASCADE" },
  )
  @JoinColumn({ name: "snapshot_id", foreignKeyConstraintName: "population_ethnic_group_snapshot_fk" })
  snapshot?: Relation<PopulationSnapshotEntity>;
}
