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
import { oneOf } from "./columns";
import { EventEntity } from "./event.entity";

export const SESSION_KINDS = [
  "OPENING",
  "PRESENTATION",
  "PUBLICATION",
  "NEGOTIATION",
  "ROUND_TABLE",
  "VISIT",
  "LECTURE",
  "SIGNING",
  "TRAINING",
  "MARKET",
  "PERFORMANCE",
  "OTHER",
] as const;
/** In the order in which participants are named. */
export const PARTICIPANT_ROLES = ["SPEAKER", "PRESENTER", "PARTICIPANT", "MODERATOR"] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];
export type ParticipantRole = (typeof PARTICIPANT_ROLES)[number];

/** One item of an event's agenda. */
@Entity({ name: "session" })
@Unique("session_key_once", ["key"])
@Check("session_kind_known", oneOf("kind", SESSION_KINDS))
@Check("session_period_forward", `ends_at >= starts_at`)
@Check("session_period_begun", `ends_at IS NULL OR starts_at IS NOT NULL`)
@Check("session_position_positive", `position >= 1`)
@Index("session_by_event", ["eventId", "position", "id"])
export class SessionEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "session_pkey" })
  id: string;

  /** The external key that imports find the record again by. */
  @Column({ type: "text" })
  key: string;

  @Column({ name: "event_id", type: "uuid" })
  eventId: string;

  @ManyToOne(() => EventEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "event_id", foreignKeyConstraintName: "session_event_fk" })
  event?: Relation<EventEntity>;

  @Column({ type: "text" })
  title: string;

  @Column({ type: "text" })
  kind: SessionKind;

  @Column({ name: "starts_at", type: "timestamptz", nullable: true })
  startsAt: Date | null;

  @Column({ name: "ends_at", type: "timestamptz", nullable: true })
  endsAt: Date | null;

  @Column({ type: "text", nullable: true })
  topic: string | null;

  @Column({ type: "integer" })
  position: number;

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}

/** A community or an organisation that takes part in a session. */
@Entity({ name: "session_participant" })
@Unique("session_participant_place_once", ["sessionId", "role", "position"])
@Check("session_participant_role_known", oneOf("role", PARTICIPANT_ROLES))
@Check("session_participant_position_positive", `position >= 1`)
@Check("session_participant_one_party", `num_nonnulls(community_id, organisation_id) = 1`)
@Index("session_participant_by_community", ["communityId", "sessionId"])
@Index("session_participant_by_organisation", ["organisationId", "sessionId"])
export class SessionParticipantEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "session_participant_pkey" })
  id: string;

  @Column({ name: "session_id", type: "uuid" })
  sessionId: string;

  @ManyToOne(() => SessionEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "session_id", foreignKeyConstraintName: "session_participant_session_fk" })
  session?: Relation<SessionEntity>;

  @Column({ type: "text" })
  role: ParticipantRole;

  @Column({ type: "integer" })
  position: number;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @Column({ type: "text", nullable: true })
  topic: string | null;

  @Column({ type: "text", nullable: true })
  source: string | null;
}
