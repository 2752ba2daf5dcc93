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
import type { Precision } from "./population-snapshot.entity";

export const ACTIVITY_KINDS = ["SHOW", "COURSE", "TRAINING", "SERVICE", "EXHIBITION", "GUIDED_TOUR", "OTHER"] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

const PRECISE = "IN ('EXACT', 'ABOUT', 'OVER')";

/** What a team of residents is, beside being an organisation: where it is at home, how many it has, what it offers. */
@Entity({ name: "team" })
@Check("team_members_range", "members >= 0")
@Check("team_members_precision_known", `members_precision ${PRECISE}`)
@Check("team_founded", "is_partial_date(founded_first, founded_last)")
@Index("team_by_community", ["communityId", "organisationId"])
export class TeamEntity {
  @PrimaryColumn({ name: "organisation_id", type: "uuid", primaryKeyConstraintName: "team_pkey" })
  organisationId: string;

  @ManyToOne(() => OrganisationEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "team_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "team_community_fk" })
  community?: Relation<CommunityEntity>;

  /** How many it has; who they are is their own business. */
  @Column({ type: "integer", nullable: true })
  members: number | null;

  @Column({ name: "members_precision", type: "text", default: "EXACT" })
  membersPrecision: Precision;

  /** What kinds of people it has, e.g. retired teachers. */
  @Column({ type: "text", array: true, default: "{}" })
  composition: string[];

  @Column({ type: "text", array: true, default: "{}" })
  services: string[];

  @Column({ type: "text", nullable: true })
  venue: string | null;

  @Column({ name: "founded_first", type: "date", nullable: true })
  foundedFirst: string | null;

  @Column({ name: "founded_last", type: "date", nullable: true })
  foundedLast: string | null;

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}

/** A show, course or other activity of a team or organisation, or many of them that a source counts together. */
@Entity({ name: "team_activity" })
@Unique("team_activity_key_once", ["key"])
@Check("team_activity_kind_known", `kind IN (${ACTIVITY_KINDS.map((kind) => `'${kind}'`).join(", ")})`)
@Check("team_activity_counts", "times >= 1 AND participants >= 0 AND certified >= 0")
@Check(
  "team_activity_precision_known",
  `times_precision ${PRECISE} AND participants_precision ${PRECISE} AND certified_precision ${PRECISE}`,
)
@Check("team_activity_dates", "is_partial_date(held_first, held_last)")
@Index("team_activity_by_organisation", ["organisationId", "id"])
@Index("team_activity_by_event", ["eventId", "asOf", "id"])
export class TeamActivityEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "team_activity_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ name: "organisation_id", type: "uuid" })
  organisationId: string;

  @ManyToOne(() => OrganisationEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "team_activity_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  @Column({ type: "text" })
  kind: ActivityKind;

  @Column({ type: "text" })
  title: string;

  /** When it was, as far as is known; of many counted together: null. */
  @Column({ name: "held_first", type: "date", nullable: true })
  heldFirst: string | null;

  @Column({ name: "held_last", type: "date", nullable: true })
  heldLast: string | null;

  /** By which day they were counted. */
  @Column({ name: "as_of", type: "date" })
  asOf: string;

  @Column({ type: "integer", default: 1 })
  times: number;

  @Column({ name: "times_precision", type: "text", default: "EXACT" })
  timesPrecision: Precision;

  @Column({ type: "integer", nullable: true })
  participants: number | null;

  @Column({ name: "participants_precision", type: "text", default: "EXACT" })
  participantsPrecision: Precision;

  @Column({ type: "integer", nullable: true })
  certified: number | null;

  @Column({ name: "certified_precision", type: "text", default: "EXACT" })
  certifiedPrecision: Precision;

  /** The event that it was. */
  @Column({ name: "event_id", type: "uuid", nullable: true })
  eventId: string | null;

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}
