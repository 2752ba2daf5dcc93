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
import { NeedEntity } from "./need.entity";
import { OfferEntity } from "./offer.entity";
import { RoundEntity } from "./round.entity";

export const MATCH_STATES = ["SUGGESTED", "PROPOSED", "ACCEPTED", "DECLINED", "SIGNED", "FULFILLED", "LAPSED"] as const;
export type MatchState = (typeof MATCH_STATES)[number];

/**
 * A need and an offer that fit, with the score's factors. Triggers keep its states in order and an offer's units within its capacity, let it join entries of its own round only,
 * let it take a step only while its round takes it, keep what is signed, and let what is only suggested lapse when the round is signed.
 */
@Entity({ name: "match" })
@Unique("match_pair_once", ["needId", "offerId"])
@Unique("match_of_need_once", ["id", "needId"])
@Check("match_state_known", `state IN (${MATCH_STATES.map((state) => `'${state}'`).join(", ")})`)
@Check("match_accepted_by_both", `state NOT IN ('ACCEPTED', 'SIGNED', 'FULFILLED') OR (community_accepted AND organisation_accepted)`)
@Check("match_units_range", `units BETWEEN 1 AND 10000`)
@Check("match_score_range", `score BETWEEN 0 AND 1000000`)
@Index("match_by_offer", ["offerId", "score", "id"])
@Index("match_by_round", ["roundId", "score", "id"])
export class MatchEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "match_pkey" })
  id: string;

  @Column({ name: "round_id", type: "uuid" })
  roundId: string;

  @ManyToOne(() => RoundEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "round_id", foreignKeyConstraintName: "match_round_fk" })
  round?: Relation<RoundEntity>;

  @Column({ name: "need_id", type: "uuid" })
  needId: string;

  @ManyToOne(() => NeedEntity, { onDelete: "RESTRICT" })
  @JoinColumn([
    { name: "need_id", referencedColumnName: "id", foreignKeyConstraintName: "match_need_fk" },
    { name: "round_id", referencedColumnName: "roundId", foreignKeyConstraintName: "match_need_fk" },
  ])
  need?: Relation<NeedEntity>;

  @Column({ name: "offer_id", type: "uuid" })
  offerId: string;

  @ManyToOne(() => OfferEntity, { onDelete: "RESTRICT" })
  @JoinColumn([
    { name: "offer_id", referencedColumnName: "id", foreignKeyConstraintName: "match_offer_fk" },
    { name: "round_id", referencedColumnName: "roundId", foreignKeyConstraintName: "match_offer_fk" },
  ])
  offer?: Relation<OfferEntity>;

  @Column({ type: "integer" })
  units: number;

  /** 0 to 1,000,000: exactly the sum of the factors' contributions. */
  @Column({ type: "integer" })
  score: number;

  @Column({ type: "jsonb" })
  factors: unknown[];

  @Column({ type: "text", default: "SUGGESTED" })
  state: MatchState;

  @Column({ name: "community_accepted", type: "boolean", default: false })
  communityAccepted: boolean;

  @Column({ name: "organisation_accepted", type: "boolean", default: false })
  organisationAccepted: boolean;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}
