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
import { SERVICE_FIELDS, type ServiceField } from "./service-field";

export const SERVICE_REQUEST_SIDES = ["WISH", "OFFER"] as const;
export type ServiceRequestSide = (typeof SERVICE_REQUEST_SIDES)[number];
export const SERVICE_REQUEST_MODES = ["PUBLIC_BENEFIT", "MARKET"] as const;
export type ServiceRequestMode = (typeof SERVICE_REQUEST_MODES)[number];
export const SERVICE_REQUEST_STATES = ["OPEN", "PASSING", "PASSED_ON", "DECLINED", "WITHDRAWN"] as const;
export type ServiceRequestState = (typeof SERVICE_REQUEST_STATES)[number];

const among = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(", ");

/** A household's wish for a service, or what a neighbour or an organisation would do, inside a community. */
@Entity({ name: "service_request" })
@Unique("service_request_key_once", ["key"])
@Check("service_request_side_known", `side IN (${among(SERVICE_REQUEST_SIDES)})`)
@Check("service_request_mode_known", `mode IN (${among(SERVICE_REQUEST_MODES)})`)
@Check("service_request_state_known", `state IN (${among(SERVICE_REQUEST_STATES)})`)
@Check("service_request_topic_known", `topic IN (${among(SERVICE_FIELDS)})`)
@Check("service_request_price_range", "price BETWEEN 0 AND 1000000000000 AND (mode = 'MARKET' OR price IS NULL)")
@Check("service_request_currency_form", "currency ~ '^[A-Z]{3}$'")
@Check("service_request_units_range", "units BETWEEN 1 AND 10000")
@Check("service_request_period", "starts_on <= ends_on")
@Check(
  "service_request_carried",
  "CASE WHEN side = 'WISH' THEN organisation_id IS NULL ELSE state <> 'PASSED_ON' OR organisation_id IS NOT NULL END",
)
@Check(
  "service_request_passed",
  "(state IN ('PASSING', 'PASSED_ON')) = (round_id IS NOT NULL) AND (state = 'PASSED_ON') = (entry_id IS NOT NULL)",
)
@Check("service_request_raiser_whole", "(raised_by_issuer IS NULL) OR (raised_by_subject IS NOT NULL)")
@Check("service_request_note_sealed", "(contact_note IS NULL) = (key_id IS NULL)")
@Index("service_request_by_key", ["keyId", "id"])
@Index("service_request_by_community", ["communityId", "raisedAt", "id"])
@Index("service_request_by_organisation", ["organisationId"])
@Index("service_request_by_raiser", ["raisedBySubject"])
export class ServiceRequestEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "service_request_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ type: "text" })
  side: ServiceRequestSide;

  @Column({ name: "community_id", type: "uuid" })
  communityId: string;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "service_request_community_fk" })
  community?: Relation<CommunityEntity>;

  /** Who would do it, and answers for it in the list. */
  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "service_request_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  @Column({ type: "text" })
  topic: ServiceField;

  /** Public once it is passed on. */
  @Column({ type: "text" })
  title: string;

  /** For those who arrange it, sealed; never passed on. */
  @Column({ name: "contact_note", type: "text", nullable: true })
  contactNote: string | null;

  /** The data key that the note is sealed with. */
  @Column({ name: "key_id", type: "text", nullable: true })
  keyId: string | null;

  @Column({ type: "text", default: "PUBLIC_BENEFIT" })
  mode: ServiceRequestMode;

  /** Minor units: the most a household pays for the whole, or the price of one unit offered. */
  @Column({ type: "bigint", nullable: true })
  price: number | null;

  @Column({ type: "text", default: "CNY" })
  currency: string;

  @Column({ type: "integer", default: 1 })
  units: number;

  @Column({ name: "starts_on", type: "date", nullable: true })
  startsOn: string | null;

  @Column({ name: "ends_on", type: "date", nullable: true })
  endsOn: string | null;

  @Column({ type: "text", array: true, default: "{}" })
  tags: string[];

  @Column({ type: "text", default: "OPEN" })
  state: ServiceRequestState;

  /** Why it was declined. */
  @Column({ type: "text", nullable: true })
  reason: string | null;

  /** A round of matching that it is being passed on to. */
  @Column({ name: "round_id", type: "uuid", nullable: true })
  roundId: string | null;

  /** The need or the offer that it has become there. */
  @Column({ name: "entry_id", type: "uuid", nullable: true })
  entryId: string | null;

  @Column({ name: "raised_by_issuer", type: "text", nullable: true })
  raisedByIssuer: string | null;

  @Column({ name: "raised_by_subject", type: "text", nullable: true })
  raisedBySubject: string | null;

  /** To the millisecond, which a cursor can hold. */
  @Column({ name: "raised_at", type: "timestamptz", precision: 3, default: () => "now()" })
  raisedAt: Date;

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
