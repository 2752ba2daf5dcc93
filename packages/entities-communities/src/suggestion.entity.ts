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
import { among, searchColumn } from "./columns";
import { CommunityEntity } from "./community.entity";
import { OrganisationEntity } from "./organisation.entity";
import { RegionEntity } from "./region.entity";
import { SurveyPeriodEntity } from "./survey.entity";
import { SERVICE_FIELDS, type ServiceField } from "./service-field";

export const SUGGESTION_STATES = ["RAISED", "ASSIGNED", "ANSWERED", "DONE", "ACCEPTED", "MERGED", "WITHDRAWN"] as const;
export type SuggestionState = (typeof SUGGESTION_STATES)[number];
export const SUGGESTION_CHANNELS = ["DIALOGUE", "SURVEY", "ONLINE", "CLOUD_PROPOSAL", "VISIT", "HOTLINE", "MEETING"] as const;
export type SuggestionChannel = (typeof SUGGESTION_CHANNELS)[number];
export const SUGGESTION_URGENCIES = ["URGENT", "NORMAL", "COMPLEX"] as const;
export type SuggestionUrgency = (typeof SUGGESTION_URGENCIES)[number];
export const SUGGESTION_DECISIONS = ["WILL_DO", "EXPLAINED"] as const;
export type SuggestionDecision = (typeof SUGGESTION_DECISIONS)[number];
export const SUGGESTION_ACTIONS = [
  "RAISE",
  "ASSIGN",
  "ESCALATE",
  "ANSWER",
  "COMPLETE",
  "ACCEPT",
  "REOPEN",
  "MERGE",
  "WITHDRAW",
  "PUBLISH",
  "HIDE",
  "SEPARATE",
  "RECKON",
] as const;
export type SuggestionAction = (typeof SUGGESTION_ACTIONS)[number];

/** What a suggestion must have in each of its states; the same words stand in the migration. */
export const SUGGESTION_CHECKS = {
  suggestion_state_known: among("state", SUGGESTION_STATES),
  suggestion_topic_known: among("topic", SERVICE_FIELDS),
  suggestion_channel_known: among("channel", SUGGESTION_CHANNELS),
  suggestion_urgency_known: among("urgency", SUGGESTION_URGENCIES),
  suggestion_decision_known: among("decision", SUGGESTION_DECISIONS),
  suggestion_one_assignee:
    "num_nonnulls(assignee_region_code, assignee_community_id, assignee_organisation_id) <= 1 AND (state NOT IN ('ASSIGNED', 'ANSWERED', 'DONE', 'ACCEPTED') OR num_nonnulls(assignee_region_code, assignee_community_id, assignee_organisation_id) = 1)",
  suggestion_open_is_due: "(state IN ('RAISED', 'ASSIGNED', 'ANSWERED')) = (due_on IS NOT NULL)",
  suggestion_answered_whole:
    "state NOT IN ('ANSWERED', 'DONE', 'ACCEPTED') OR num_nonnulls(decision, answer, answered_on, first_answered_on) = 4",
  suggestion_answer_promise: "state <> 'ANSWERED' OR (decision = 'WILL_DO' AND due_on >= answered_on)",
  suggestion_done_whole: "(state IN ('DONE', 'ACCEPTED')) = (done_on IS NOT NULL)",
  suggestion_outcome_told: "state NOT IN ('DONE', 'ACCEPTED') OR decision = 'EXPLAINED' OR outcome IS NOT NULL",
  suggestion_rating_range: "rating BETWEEN 1 AND 5 AND (state = 'ACCEPTED') = (rating IS NOT NULL)",
  suggestion_merged_whole: "(state = 'MERGED') = (merged_into IS NOT NULL) AND merged_into <> id",
  suggestion_one_raiser: "num_nonnulls(raiser_community_id, raiser_organisation_id) <= 1",
  suggestion_days_in_order: "answered_on >= raised_on AND first_answered_on >= raised_on AND done_on >= raised_on AND reopened >= 0",
} as const;

const Checks: ClassDecorator = (target) => {
  for (const [name, expression] of Object.entries(SUGGESTION_CHECKS)) Check(name, expression)(target);
};

/** A voice, from the day it is raised to the verdict of whoever raised it. Rows are never deleted: a trigger refuses it. */
@Entity({ name: "suggestion" })
@Unique("suggestion_key_once", ["key"])
@Checks
@Index("suggestion_by_region", ["regionCode", "raisedOn", "id"])
@Index("suggestion_by_community", ["communityId", "raisedOn", "id"])
@Index("suggestion_by_event", ["eventId"])
@Index("suggestion_by_raiser", ["raisedByIssuer", "raisedBySubject", "id"])
@Index("suggestion_by_raised_on", ["raisedOn", "id"])
@Index("suggestion_by_due_on", ["dueOn", "id"], { where: "due_on IS NOT NULL" })
@Index("suggestion_by_assignee_region", ["assigneeRegionCode"])
@Index("suggestion_by_assignee_community", ["assigneeCommunityId"])
@Index("suggestion_by_assignee_organisation", ["assigneeOrganisationId"])
@Index("suggestion_by_survivor", ["mergedInto"])
@Index("suggestion_by_survey_period", ["surveyPeriodId", "raisedOn", "id"], { where: "survey_period_id IS NOT NULL" })
@Index("suggestion_by_title_key", ["titleKey"])
@Index("suggestion_search", { synchronize: false })
export class SuggestionEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "suggestion_pkey" })
  id: string;

  /** The external key that imports find the record again by. */
  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ type: "text" })
  title: string;

  @Column({ type: "text" })
  body: string;

  @Column({ type: "text" })
  topic: ServiceField;

  @Column({ type: "text" })
  channel: SuggestionChannel;

  @Column({ type: "text", default: "NORMAL" })
  urgency: SuggestionUrgency;

  /** The place that it is about: the community, or the region when it is about more than one. */
  @Column({ name: "region_code", type: "text" })
  regionCode: string;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "region_code", foreignKeyConstraintName: "suggestion_region_fk" })
  region?: Relation<RegionEntity>;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "suggestion_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ name: "event_id", type: "uuid", nullable: true })
  eventId: string | null;

  /** The time of a survey that it came up in. */
  @Column({ name: "survey_period_id", type: "uuid", nullable: true })
  surveyPeriodId: string | null;

  @ManyToOne(() => SurveyPeriodEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "survey_period_id", foreignKeyConstraintName: "suggestion_survey_period_fk" })
  surveyPeriod?: Relation<SurveyPeriodEntity>;

  /** In whose name it was raised; neither: a person's own. */
  @Column({ name: "raiser_community_id", type: "uuid", nullable: true })
  raiserCommunityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "raiser_community_id", foreignKeyConstraintName: "suggestion_raiser_community_fk" })
  raiserCommunity?: Relation<CommunityEntity>;

  @Column({ name: "raiser_organisation_id", type: "uuid", nullable: true })
  raiserOrganisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "raiser_organisation_id", foreignKeyConstraintName: "suggestion_raiser_organisation_fk" })
  raiserOrganisation?: Relation<OrganisationEntity>;

  /** Who raised it, as the token says: decides who accepts it, and is shown to nobody. */
  @Column({ name: "raised_by_issuer", type: "text", nullable: true })
  raisedByIssuer: string | null;

  @Column({ name: "raised_by_subject", type: "text" })
  raisedBySubject: string;

  @Column({ name: "raised_on", type: "date" })
  raisedOn: string;

  /** A trigger lets it go only along the ways that the rules know. */
  @Column({ type: "text", default: "RAISED" })
  state: SuggestionState;

  @Column({ type: "boolean", default: false })
  published: boolean;

  @Column({ name: "assignee_region_code", type: "text", nullable: true })
  assigneeRegionCode: string | null;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "assignee_region_code", foreignKeyConstraintName: "suggestion_assignee_region_fk" })
  assigneeRegion?: Relation<RegionEntity>;

  @Column({ name: "assignee_community_id", type: "uuid", nullable: true })
  assigneeCommunityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "assignee_community_id", foreignKeyConstraintName: "suggestion_assignee_community_fk" })
  assigneeCommunity?: Relation<CommunityEntity>;

  @Column({ name: "assignee_organisation_id", type: "uuid", nullable: true })
  assigneeOrganisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "assignee_organisation_id", foreignKeyConstraintName: "suggestion_assignee_organisation_fk" })
  assigneeOrganisation?: Relation<OrganisationEntity>;

  /** By when the next step is due: triage, the answer, or what the answer promised. */
  @Column({ name: "due_on", type: "date", nullable: true })
  dueOn: string | null;

  /** By when the first answer was due. */
  @Column({ name: "answer_due_on", type: "date" })
  answerDueOn: string;

  @Column({ type: "text", nullable: true })
  decision: SuggestionDecision | null;

  @Column({ type: "text", nullable: true })
  answer: string | null;

  @Column({ name: "answered_on", type: "date", nullable: true })
  answeredOn: string | null;

  @Column({ name: "first_answered_on", type: "date", nullable: true })
  firstAnsweredOn: string | null;

  @Column({ type: "text", nullable: true })
  outcome: string | null;

  @Column({ name: "done_on", type: "date", nullable: true })
  doneOn: string | null;

  @Column({ type: "integer", nullable: true })
  rating: number | null;

  @Column({ name: "rating_comment", type: "text", nullable: true })
  ratingComment: string | null;

  /** How often whoever raised it was not content and sent it back. */
  @Column({ type: "integer", default: 0 })
  reopened: number;

  @Column({ name: "merged_into", type: "uuid", nullable: true })
  mergedInto: string | null;

  @ManyToOne(() => SuggestionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "merged_into", foreignKeyConstraintName: "suggestion_survivor_fk" })
  survivor?: Relation<SuggestionEntity>;

  /** The pairs of characters of its text, folded: what near duplicates are found by. */
  @Column({ type: "text", array: true, select: false })
  grams: string[];

  /** The title, folded. */
  @Column({ name: "title_key", type: "text", select: false })
  titleKey: string;

  /** The lexemes of the title, and the pairs of characters of the text. */
  @Column(searchColumn)
  searchTokens: string[];

  /** Made up, or with a way that is, to show how it works. */
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
