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
import { RoundEntity } from "./round.entity";

export const NEED_KINDS = ["SERVICE", "FUNDED_PROJECT", "SPACE_OPERATION", "EXPERT", "VOLUNTEERS", "GOODS"] as const;
export const FUND_KINDS = ["GUARANTEE", "INCENTIVE", "OTHER", "NONE"] as const;
export const ENTRY_STATES = ["OPEN", "WITHDRAWN"] as const;
export type NeedKind = (typeof NEED_KINDS)[number];
export type FundKind = (typeof FUND_KINDS)[number];
export type EntryState = (typeof ENTRY_STATES)[number];

/** A community's wish in a round. */
@Entity({ name: "need" })
@Unique("need_key_once", ["roundId", "key"])
@Unique("need_of_round_once", ["id", "roundId"])
@Check("need_kind_known", `kind IN (${NEED_KINDS.map((kind) => `'${kind}'`).join(", ")})`)
@Check("need_fund_kind_known", `fund_kind IN (${FUND_KINDS.map((kind) => `'${kind}'`).join(", ")})`)
@Check("need_state_known", `state IN ('OPEN', 'WITHDRAWN')`)
@Check(
  "need_budget_range",
  `budget_min BETWEEN 0 AND 1000000000000 AND budget_max BETWEEN 0 AND 1000000000000 AND (budget_min IS NULL OR budget_max IS NULL OR budget_min <= budget_max)`,
)
@Check("need_currency_form", `currency ~ '^[A-Z]{3}$'`)
@Check("need_period", `starts_on <= ends_on`)
@Check("need_quantity_range", `quantity BETWEEN 1 AND 10000`)
@Check("need_beneficiaries_range", `beneficiaries BETWEEN 0 AND 10000000`)
@Index("need_by_community", ["communityId", "title", "id"])
@Index("need_by_round", ["roundId", "title", "id"])
@Index("need_by_origin", ["originSuggestionId", "title", "id"], { where: `origin_suggestion_id IS NOT NULL` })
@Index("need_by_round_community", ["roundId", "communityId"])
export class NeedEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "need_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ name: "round_id", type: "uuid" })
  roundId: string;

  @ManyToOne(() => RoundEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "round_id", foreignKeyConstraintName: "need_round_fk" })
  round?: Relation<RoundEntity>;

  @Column({ name: "community_id", type: "uuid" })
  communityId: string;

  /** The suggestion that it grew from, a record of communities. */
  @Column({ name: "origin_suggestion_id", type: "uuid", nullable: true })
  originSuggestionId: string | null;

  @Column({ type: "text" })
  kind: NeedKind;

  @Column({ type: "text" })
  title: string;

  @Column({ type: "text", nullable: true })
  description: string | null;

  @Column({ name: "fund_kind", type: "text", default: "NONE" })
  fundKind: FundKind;

  /** Minor units, for the whole need. */
  @Column({ name: "budget_min", type: "bigint", nullable: true })
  budgetMin: number | null;

  @Column({ name: "budget_max", type: "bigint", nullable: true })
  budgetMax: number | null;

  @Column({ type: "text", default: "CNY" })
  currency: string;

  @Column({ name: "starts_on", type: "date", nullable: true })
  startsOn: string | null;

  @Column({ name: "ends_on", type: "date", nullable: true })
  endsOn: string | null;

  @Column({ type: "text", array: true, default: "{}" })
  tags: string[];

  @Column({ name: "required_qualifications", type: "text", array: true, default: "{}" })
  requiredQualifications: string[];

  @Column({ type: "integer", nullable: true })
  beneficiaries: number | null;

  @Column({ type: "integer", default: 1 })
  quantity: number;

  @Column({ type: "text", default: "OPEN" })
  state: EntryState;

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

/** What the last run of the matching says of a need: what came near, and what keeps it from being served in full. */
@Entity({ name: "need_outlook" })
@Check("need_outlook_missing", `missing_units >= 0`)
export class NeedOutlookEntity {
  @PrimaryColumn({ name: "need_id", type: "uuid", primaryKeyConstraintName: "need_outlook_pkey" })
  needId: string;

  @ManyToOne(() => NeedEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "need_id", foreignKeyConstraintName: "need_outlook_need_fk" })
  need?: Relation<NeedEntity>;

  @Column({ name: "missing_units", type: "integer" })
  missingUnits: number;

  @Column({ type: "jsonb", default: "[]" })
  alternatives: unknown[];

  @Column({ type: "jsonb", default: "[]" })
  blockers: unknown[];
}
