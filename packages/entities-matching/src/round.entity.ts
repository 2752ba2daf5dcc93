import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn, Unique, UpdateDateColumn, VersionColumn } from "typeorm";

export const ROUND_STATES = [
  "DRAFT",
  "COLLECTING",
  "PUBLISHED",
  "MATCHING",
  "NEGOTIATING",
  "SIGNED",
  "EXECUTING",
  "EVALUATED",
  "CLOSED",
] as const;
export type RoundState = (typeof ROUND_STATES)[number];

/** A region's yearly list of needs and offers and what becomes of it. */
@Entity({ name: "round" })
@Unique("round_key_once", ["key"])
@Check("round_state_known", `state IN (${ROUND_STATES.map((state) => `'${state}'`).join(", ")})`)
@Check("round_year_range", `year BETWEEN 1949 AND 2200`)
@Check("round_guests_few", `cardinality(guest_community_ids) <= 100`)
@Index("round_by_region", ["regionCode", "year", "id"])
@Index("round_by_event", ["eventId"])
@Index("round_by_year", ["year", "id"])
export class RoundEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "round_pkey" })
  id: string;

  /** The external key that imports find the record again by. */
  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ name: "region_code", type: "text" })
  regionCode: string;

  /** Whose officers reach the round: the region's scopes when the round was written. */
  @Column({ name: "region_scope_codes", type: "text", array: true })
  regionScopeCodes: string[];

  /** Communities from outside the region that are invited to its list. */
  @Column({ name: "guest_community_ids", type: "uuid", array: true, default: "{}" })
  guestCommunityIds: string[];

  @Column({ type: "integer" })
  year: number;

  @Column({ type: "text" })
  title: string;

  /** A trigger lets it go only one step at a time, in the order of ROUND_STATES. */
  @Column({ type: "text", default: "DRAFT" })
  state: RoundState;

  @Column({ name: "event_id", type: "uuid", nullable: true })
  eventId: string | null;

  /** How much each criterion counts; the default weights when null. */
  @Column({ type: "jsonb", nullable: true })
  weights: Record<string, number> | null;

  @Column({ name: "matched_at", type: "timestamptz", nullable: true })
  matchedAt: Date | null;

  /** Grows with everything that the matching reckons with: needs, offers, weights. Written under the round's lock. */
  @Column({ type: "integer", default: 0 })
  revision: number;

  /** The revision that the last run of the matching saw. */
  @Column({ name: "matched_revision", type: "integer", nullable: true })
  matchedRevision: number | null;

  /** What the last run of the matching reached: the sum of score × units. */
  @Column({ name: "match_value", type: "bigint", nullable: true })
  matchValue: string | null;

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}
