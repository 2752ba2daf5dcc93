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
import { MatchEntity } from "./match.entity";
import { NeedEntity } from "./need.entity";

export const PROJECT_STATES = ["PLANNED", "BUILDING", "COMPLETED", "MAINTAINED", "CLOSED", "CANCELLED"] as const;
export const PROJECT_PHASES = ["PLAN", "BUILD", "MAINTAIN"] as const;
export const PROJECT_SIDES = ["COMMUNITY", "ORGANISATION"] as const;
export const EVALUATORS = ["COMMUNITY", "ORGANISATION", "RESIDENTS", "OFFICE"] as const;
export type ProjectState = (typeof PROJECT_STATES)[number];
export type ProjectPhase = (typeof PROJECT_PHASES)[number];
export type ProjectSide = (typeof PROJECT_SIDES)[number];
export type Evaluator = (typeof EVALUATORS)[number];

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(", ");

/**
 * What is built to meet a need: from a signed match, or by the need's own community. Triggers let it begin only there, keep its steps in order, let it
 * be completed only when what was to be built is accepted, and keep it from being taken away.
 */
@Entity({ name: "project" })
@Unique("project_key_once", ["key"])
@Unique("project_match_once", ["matchId"])
@Check("project_state_known", `state IN (${list(PROJECT_STATES)})`)
@Check("project_started", `state IN ('PLANNED', 'CANCELLED') OR started_on IS NOT NULL`)
@Check("project_completed", `(state IN ('COMPLETED', 'MAINTAINED', 'CLOSED')) = (completed_on IS NOT NULL)`)
@Check("project_ended", `(state IN ('CLOSED', 'CANCELLED')) = (ended_on IS NOT NULL)`)
@Check("project_days", `started_on <= completed_on AND COALESCE(completed_on, started_on) <= ended_on`)
@Check("project_cancelled_reason", `state <> 'CANCELLED' OR reason IS NOT NULL`)
@Index("project_by_need", ["needId", "title", "id"])
@Index("project_by_title", ["title", "id"])
@Index("project_by_facility", ["facilityId", "title", "id"], { where: `facility_id IS NOT NULL` })
@Index("project_own_once", ["needId"], { unique: true, where: `match_id IS NULL AND state <> 'CANCELLED'` })
export class ProjectEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "project_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ name: "need_id", type: "uuid" })
  needId: string;

  @ManyToOne(() => NeedEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "need_id", foreignKeyConstraintName: "project_need_fk" })
  need?: Relation<NeedEntity>;

  /** None where the community carries the need out itself. */
  @Column({ name: "match_id", type: "uuid", nullable: true })
  matchId: string | null;

  @ManyToOne(() => MatchEntity, { onDelete: "RESTRICT" })
  @JoinColumn([
    { name: "match_id", referencedColumnName: "id", foreignKeyConstraintName: "project_match_fk" },
    { name: "need_id", referencedColumnName: "needId", foreignKeyConstraintName: "project_match_fk" },
  ])
  match?: Relation<MatchEntity>;

  @Column({ type: "text" })
  title: string;

  @Column({ type: "text", nullable: true })
  description: string | null;

  /** The place that is built or renewed, a record of communities. */
  @Column({ name: "facility_id", type: "uuid", nullable: true })
  facilityId: string | null;

  @Column({ type: "text", default: "PLANNED" })
  state: ProjectState;

  @Column({ name: "started_on", type: "date", nullable: true })
  startedOn: string | null;

  @Column({ name: "completed_on", type: "date", nullable: true })
  completedOn: string | null;

  @Column({ name: "ended_on", type: "date", nullable: true })
  endedOn: string | null;

  /** Why it was cancelled or closed. */
  @Column({ type: "text", nullable: true })
  reason: string | null;

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

/** A step of a project with the day that it is due. Triggers keep it in its project, and as it is once it is accepted. */
@Entity({ name: "milestone" })
@Check("milestone_phase_known", `phase IN (${list(PROJECT_PHASES)})`)
@Check("milestone_side_known", `side IN (${list(PROJECT_SIDES)})`)
@Check("milestone_accepted_when_done", `accepted_on IS NULL OR (done_on IS NOT NULL AND done_on <= accepted_on)`)
@Index("milestone_by_project", ["projectId", "dueOn", "id"])
export class MilestoneEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "milestone_pkey" })
  id: string;

  @Column({ name: "project_id", type: "uuid" })
  projectId: string;

  @ManyToOne(() => ProjectEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "project_id", foreignKeyConstraintName: "milestone_project_fk" })
  project?: Relation<ProjectEntity>;

  @Column({ type: "text" })
  phase: ProjectPhase;

  @Column({ type: "text" })
  title: string;

  @Column({ name: "due_on", type: "date" })
  dueOn: string;

  /** Which side carries it out. */
  @Column({ type: "text", default: "COMMUNITY" })
  side: ProjectSide;

  /** Which office or unit of that side, in words. */
  @Column({ type: "text", nullable: true })
  responsible: string | null;

  @Column({ name: "done_on", type: "date", nullable: true })
  doneOn: string | null;

  /** Who accepted it stands in the audit trail. */
  @Column({ name: "accepted_on", type: "date", nullable: true })
  acceptedOn: string | null;

  @Column({ name: "acceptance_note", type: "text", nullable: true })
  acceptanceNote: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}

/** How one side judges a project that is completed. Who wrote it down stands in the audit trail alone. */
@Entity({ name: "evaluation" })
@Unique("evaluation_by_once", ["projectId", "evaluator"])
@Check("evaluation_by_known", `evaluator IN (${list(EVALUATORS)})`)
@Check("evaluation_rating_range", `rating BETWEEN 1 AND 5`)
export class EvaluationEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "evaluation_pkey" })
  id: string;

  @Column({ name: "project_id", type: "uuid" })
  projectId: string;

  @ManyToOne(() => ProjectEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "project_id", foreignKeyConstraintName: "evaluation_project_fk" })
  project?: Relation<ProjectEntity>;

  @Column({ type: "text" })
  evaluator: Evaluator;

  @Column({ type: "integer" })
  rating: number;

  @Column({ type: "text", nullable: true })
  comment: string | null;

  @Column({ name: "before_text", type: "text", nullable: true })
  beforeText: string | null;

  @Column({ name: "after_text", type: "text", nullable: true })
  afterText: string | null;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;
}
