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
import { oneOf, searchColumn } from "./columns";
import { EventSeriesEntity } from "./event-series.entity";

export const EVENT_KINDS = [
  "FORUM",
  "SALON",
  "LECTURE",
  "DIALOGUE",
  "MATCHMAKING",
  "STUDY_SEASON",
  "MARKET",
  "TRAINING",
  "CEREMONY",
  "VISIT",
  "VOLUNTEERING",
] as const;
export const EVENT_STATES = ["DRAFT", "PUBLISHED", "CANCELLED"] as const;
export const ATTENDANCE_PRECISIONS = ["EXACT", "ABOUT", "OVER"] as const;
export type EventKind = (typeof EVENT_KINDS)[number];
export type EventState = (typeof EVENT_STATES)[number];
export type AttendancePrecision = (typeof ATTENDANCE_PRECISIONS)[number];

/** One time that people meet: an edition of a series, or on its own. */
@Entity({ name: "event" })
@Unique("event_key_once", ["key"])
@Unique("event_edition_once", ["seriesId", "edition"], { deferrable: "INITIALLY DEFERRED" })
@Check("event_kind_known", oneOf("kind", EVENT_KINDS))
@Check("event_state_known", oneOf("state", EVENT_STATES))
@Check("event_period_forward", `ends_at >= starts_at`)
@Check("event_edition_positive", `edition >= 1`)
@Check("event_visitors_counted", `visitors >= 0`)
@Check("event_visitors_precision_known", oneOf("visitors_precision", ATTENDANCE_PRECISIONS))
@Check("event_region_whole", `(region_code IS NULL) = (cardinality(region_scope_codes) = 0)`)
@Index("event_by_start", ["startsAt", "id"])
@Index("event_by_series", ["seriesId", "startsAt", "id"])
@Index("event_by_region", ["regionCode", "startsAt", "id"])
@Index("event_search", { synchronize: false })
export class EventEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "event_pkey" })
  id: string;

  /** The external key that imports find the record again by. */
  @Column({ type: "text" })
  key: string;

  @Column({ name: "series_id", type: "uuid", nullable: true })
  seriesId: string | null;

  @ManyToOne(() => EventSeriesEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "series_id", foreignKeyConstraintName: "event_series_fk" })
  series?: Relation<EventSeriesEntity>;

  @Column({ type: "integer", nullable: true })
  edition: number | null;

  @Column({ type: "text" })
  name: string;

  @Column({ type: "text", nullable: true })
  theme: string | null;

  @Column({ type: "text" })
  kind: EventKind;

  @Column({ name: "starts_at", type: "timestamptz" })
  startsAt: Date;

  @Column({ name: "ends_at", type: "timestamptz" })
  endsAt: Date;

  /** The IANA zone in which the organisers speak of its times. */
  @Column({ name: "time_zone", type: "text" })
  timeZone: string;

  @Column({ type: "text", nullable: true })
  place: string | null;

  @Column({ name: "region_code", type: "text", nullable: true })
  regionCode: string | null;

  /** The codes whose officers reach the region, as communities had them when the event was last written. */
  @Column({ name: "region_scope_codes", type: "text", array: true, default: "{}" })
  regionScopeCodes: string[];

  @Column({ type: "text", default: "DRAFT" })
  state: EventState;

  @Column({ type: "integer", nullable: true })
  visitors: number | null;

  @Column({ name: "visitors_precision", type: "text", default: "EXACT" })
  visitorsPrecision: AttendancePrecision;

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
