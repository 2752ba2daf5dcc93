import { Check, Column, CreateDateColumn, Entity, Exclusion, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from "typeorm";
import type { Relation } from "typeorm";
import { FacilityEntity, KNOWN_CATEGORY, type FacilityCategory } from "./facility.entity";

/** What a facility was before, from when to when. Never rewritten: a trigger sees to it, and marks what another entry corrects. */
@Entity({ name: "facility_change" })
@Unique("facility_change_corrected_once", ["correctsId"])
@Check("facility_change_category_known", KNOWN_CATEGORY)
@Check("facility_change_period", "since < until")
@Check(
  "facility_change_correction_whole",
  "corrects_id <> id AND (corrects_id IS NULL) = (correction_reason IS NULL) AND (corrects_id IS NOT NULL OR NOT withdrawn)",
)
@Exclusion(
  "facility_change_apart",
  "USING gist (facility_id WITH =, daterange(since, until) WITH &&) WHERE (NOT superseded AND NOT withdrawn)",
)
@Index("facility_change_by_facility", ["facilityId", "until", "id"])
export class FacilityChangeEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "facility_change_pkey" })
  id: string;

  @Column({ name: "facility_id", type: "uuid" })
  facilityId: string;

  @ManyToOne(() => FacilityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "facility_id", foreignKeyConstraintName: "facility_change_facility_fk" })
  facility?: Relation<FacilityEntity>;

  /** What the place was. */
  @Column({ type: "text" })
  was: string;

  /** What kind of place it was; null where it was none of those that we know, or that is not known. */
  @Column({ type: "text", nullable: true })
  category: FacilityCategory | null;

  /** Its first day as that; null: not known, and so from the beginning. */
  @Column({ type: "date", nullable: true })
  since: string | null;

  /** The first day on which it was that no longer, or the first for which that is known. */
  @Column({ type: "date" })
  until: string;

  @Column({ type: "text", nullable: true })
  note: string | null;

  @Column({ type: "text", nullable: true })
  source: string | null;

  /** The entry that this one corrects. */
  @Column({ name: "corrects_id", type: "uuid", nullable: true })
  correctsId: string | null;

  @ManyToOne(() => FacilityChangeEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "corrects_id", foreignKeyConstraintName: "facility_change_corrects_fk" })
  corrects?: Relation<FacilityChangeEntity>;

  /** With a correction: it never was that. */
  @Column({ type: "boolean", default: false })
  withdrawn: boolean;

  @Column({ name: "correction_reason", type: "text", nullable: true })
  correctionReason: string | null;

  /** Whether another entry corrects this one. Set by the trigger alone. */
  @Column({ type: "boolean", default: false })
  superseded: boolean;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;
}
