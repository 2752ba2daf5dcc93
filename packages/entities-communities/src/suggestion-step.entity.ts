import { Check, Column, CreateDateColumn, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from "typeorm";
import { among } from "./columns";
import { SUGGESTION_ACTIONS, SUGGESTION_STATES, SuggestionEntity, type SuggestionAction, type SuggestionState } from "./suggestion.entity";

/** One step of a suggestion's way. Appended with each change, and never changed: triggers see to both. */
@Entity({ name: "suggestion_step" })
@Check("suggestion_step_action_known", among("action", SUGGESTION_ACTIONS))
@Check("suggestion_step_state_known", among("state", SUGGESTION_STATES))
export class SuggestionStepEntity {
  @PrimaryColumn({ name: "suggestion_id", type: "uuid", primaryKeyConstraintName: "suggestion_step_pkey" })
  suggestionId: string;

  @ManyToOne(() => SuggestionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "suggestion_id", foreignKeyConstraintName: "suggestion_step_suggestion_fk" })
  suggestion?: Relation<SuggestionEntity>;

  /** The version of the suggestion that the step made. */
  @PrimaryColumn({ type: "integer", primaryKeyConstraintName: "suggestion_step_pkey" })
  number: number;

  @Column({ type: "text" })
  action: SuggestionAction;

  /** The state after the step. */
  @Column({ type: "text" })
  state: SuggestionState;

  @Column({ name: "on_date", type: "date" })
  onDate: string;

  /** The role used. */
  @Column({ type: "text" })
  role: string;

  @Column({ name: "assignee_region_code", type: "text", nullable: true })
  assigneeRegionCode: string | null;

  @Column({ name: "assignee_community_id", type: "uuid", nullable: true })
  assigneeCommunityId: string | null;

  @Column({ name: "assignee_organisation_id", type: "uuid", nullable: true })
  assigneeOrganisationId: string | null;

  @Column({ name: "due_on", type: "date", nullable: true })
  dueOn: string | null;

  @Column({ type: "text", nullable: true })
  note: string | null;

  @CreateDateColumn({ name: "recorded_at", type: "timestamptz" })
  recordedAt: Date;
}
