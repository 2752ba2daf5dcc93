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
import type { EntryState, NeedKind } from "./need.entity";
import { RoundEntity } from "./round.entity";

/** What an organisation brings to a round. */
@Entity({ name: "offer" })
@Unique("offer_key_once", ["roundId", "key"])
@Unique("offer_of_round_once", ["id", "roundId"])
@Check(
  "offer_kinds_known",
  `kinds <@ ARRAY['SERVICE', 'FUNDED_PROJECT', 'SPACE_OPERATION', 'EXPERT', 'VOLUNTEERS', 'GOODS']::text[] AND cardinality(kinds) > 0`,
)
@Check("offer_state_known", `state IN ('OPEN', 'WITHDRAWN')`)
@Check("offer_price_range", `price BETWEEN 0 AND 1000000000000`)
@Check("offer_currency_form", `currency ~ '^[A-Z]{3}$'`)
@Check("offer_period", `available_from <= available_to`)
@Check("offer_capacity_range", `capacity BETWEEN 1 AND 10000`)
@Index("offer_by_organisation", ["organisationId", "title", "id"])
@Index("offer_by_round", ["roundId", "title", "id"])
export class OfferEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "offer_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ name: "round_id", type: "uuid" })
  roundId: string;

  @ManyToOne(() => RoundEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "round_id", foreignKeyConstraintName: "offer_round_fk" })
  round?: Relation<RoundEntity>;

  @Column({ name: "organisation_id", type: "uuid" })
  organisationId: string;

  @Column({ type: "text", array: true })
  kinds: NeedKind[];

  @Column({ type: "text" })
  title: string;

  @Column({ type: "text", nullable: true })
  description: string | null;

  @Column({ type: "text", array: true, default: "{}" })
  capabilities: string[];

  /** Minor units, for one unit; null: by negotiation. */
  @Column({ type: "bigint", nullable: true })
  price: number | null;

  @Column({ type: "text", default: "CNY" })
  currency: string;

  /** Units it can serve in the round. */
  @Column({ type: "integer", default: 1 })
  capacity: number;

  /** Codes of the regions it serves; none: everywhere. */
  @Column({ type: "text", array: true, default: "{}" })
  coverage: string[];

  @Column({ name: "available_from", type: "date", nullable: true })
  availableFrom: string | null;

  @Column({ name: "available_to", type: "date", nullable: true })
  availableTo: string | null;

  @Column({ type: "text", array: true, default: "{}" })
  qualifications: string[];

  @Column({ type: "text", array: true, default: "{}" })
  cases: string[];

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
