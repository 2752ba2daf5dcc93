import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn, Unique, UpdateDateColumn, VersionColumn } from "typeorm";
import { searchColumn } from "./columns";

/** A row of events that belong together and are held again and again. */
@Entity({ name: "event_series" })
@Unique("event_series_key_once", ["key"])
@Check("event_series_region_whole", `(region_code IS NULL) = (cardinality(region_scope_codes) = 0)`)
@Index("event_series_by_name", ["name", "id"])
@Index("event_series_by_region", ["regionCode", "name", "id"])
@Index("event_series_search", { synchronize: false })
export class EventSeriesEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "event_series_pkey" })
  id: string;

  /** The external key that imports find the record again by. */
  @Column({ type: "text" })
  key: string;

  @Column({ type: "text" })
  name: string;

  @Column({ type: "text", nullable: true })
  description: string | null;

  @Column({ name: "region_code", type: "text", nullable: true })
  regionCode: string | null;

  /** The codes whose officers reach the region, as communities had them when the series was last written. */
  @Column({ name: "region_scope_codes", type: "text", array: true, default: "{}" })
  regionScopeCodes: string[];

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
