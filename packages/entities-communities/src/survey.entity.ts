import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Exclusion,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  VersionColumn,
  type Relation,
} from "typeorm";
import { CommunityEntity } from "./community.entity";
import { RegionEntity } from "./region.entity";
import { SERVICE_FIELDS, type ServiceField } from "./service-field";

export const QUESTION_KINDS = ["RATING", "YES_NO"] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** A survey that is held again and again: who holds it, and what it is called. */
@Entity({ name: "survey" })
@Unique("survey_key_once", ["key"])
@Index("survey_by_region", ["regionCode", "id"])
@Index("survey_by_community", ["communityId"])
export class SurveyEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "survey_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ type: "text" })
  title: string;

  /** Where it is held: the community alone, or the region with all below it. */
  @Column({ name: "region_code", type: "text" })
  regionCode: string;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "region_code", foreignKeyConstraintName: "survey_region_fk" })
  region?: Relation<RegionEntity>;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "survey_community_fk" })
  community?: Relation<CommunityEntity>;

  /** The number of its latest questionnaire. */
  @Column({ type: "integer", default: 1 })
  questionnaire: number;

  @Column({ type: "boolean", default: false })
  illustrative: boolean;

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;
}

/** A question of one version of a questionnaire. Never changed: what was asked stays what was answered; a trigger sees to it. */
@Entity({ name: "survey_question" })
@Check("survey_question_kind_known", `kind IN (${QUESTION_KINDS.map((kind) => `'${kind}'`).join(", ")})`)
@Check("survey_question_field_known", `field IN (${SERVICE_FIELDS.map((field) => `'${field}'`).join(", ")})`)
@Check("survey_question_range", "questionnaire >= 1 AND position BETWEEN 1 AND 50")
export class SurveyQuestionEntity {
  @PrimaryColumn({ name: "survey_id", type: "uuid", primaryKeyConstraintName: "survey_question_pkey" })
  surveyId: string;

  @ManyToOne(() => SurveyEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "survey_id", foreignKeyConstraintName: "survey_question_survey_fk" })
  survey?: Relation<SurveyEntity>;

  @PrimaryColumn({ type: "integer", primaryKeyConstraintName: "survey_question_pkey" })
  questionnaire: number;

  @PrimaryColumn({ type: "integer", primaryKeyConstraintName: "survey_question_pkey" })
  position: number;

  @Column({ type: "text" })
  field: ServiceField;

  @Column({ type: "text" })
  kind: QuestionKind;

  @Column({ type: "text" })
  text: string;
}

/** One time that a survey is held, with the questionnaire of that time. */
@Entity({ name: "survey_period" })
@Unique("survey_period_name_once", ["surveyId", "name"])
@Check("survey_period_days", "ends_on >= starts_on")
@Check("survey_period_closed_whole", "(closed_on IS NULL) = (salt IS NOT NULL)")
@Exclusion("survey_period_apart", "USING gist (survey_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&)")
@Index("survey_period_by_survey", ["surveyId", "startsOn", "id"])
export class SurveyPeriodEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "survey_period_pkey" })
  id: string;

  @Column({ name: "survey_id", type: "uuid" })
  surveyId: string;

  @ManyToOne(() => SurveyEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "survey_id", foreignKeyConstraintName: "survey_period_survey_fk" })
  survey?: Relation<SurveyEntity>;

  @Column({ type: "integer" })
  questionnaire: number;

  @Column({ type: "text" })
  name: string;

  @Column({ name: "starts_on", type: "date" })
  startsOn: string;

  @Column({ name: "ends_on", type: "date" })
  endsOn: string;

  @Column({ name: "closed_on", type: "date", nullable: true })
  closedOn: string | null;

  /** Makes respondents' digests; thrown away when the period is closed, so that no answer can be traced any more. */
  @Column({ type: "bytea", nullable: true, select: false })
  salt: Buffer | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;
}

/** That somebody answered, once a period, for the community where they live. Who it was is not stored. */
@Entity({ name: "survey_response" })
@Index("survey_response_by_community", ["communityId", "periodId"])
export class SurveyResponseEntity {
  @PrimaryColumn({ name: "period_id", type: "uuid", primaryKeyConstraintName: "survey_response_pkey" })
  periodId: string;

  @ManyToOne(() => SurveyPeriodEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "period_id", foreignKeyConstraintName: "survey_response_period_fk" })
  period?: Relation<SurveyPeriodEntity>;

  /** HMAC-SHA-256 of who answered under the period's salt, in hexadecimal. */
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "survey_response_pkey" })
  respondent: string;

  @Column({ name: "community_id", type: "uuid" })
  communityId: string;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "survey_response_community_fk" })
  community?: Relation<CommunityEntity>;

  /** The answer to each question by position; null where it was passed over. */
  @Column({ type: "integer", array: true })
  answers: (number | null)[];
}
