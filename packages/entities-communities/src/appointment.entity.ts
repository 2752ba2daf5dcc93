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
  UpdateDateColumn,
  VersionColumn,
} from "typeorm";
import type { Relation } from "typeorm";
import { among } from "./columns";
import { CommunityEntity } from "./community.entity";
import { OrganisationEntity } from "./organisation.entity";
import { PersonEntity } from "./person.entity";
import { RegionEntity } from "./region.entity";

export const APPOINTMENT_ROLES = [
  "SECRETARY",
  "DIRECTOR",
  "LI_CHIEF",
  "PRESIDENT",
  "VICE_PRESIDENT",
  "HONORARY_DIRECTOR",
  "ADVISER",
  "LEGAL_COUNSEL",
  "MEDIATOR",
  "EXPERT",
  "SUPERVISOR",
  "HERITAGE_BEARER",
  "TEAM_LEADER",
  "TEAM_MEMBER",
] as const;
export type AppointmentRole = (typeof APPOINTMENT_ROLES)[number];

/** Offices of which a place has one holder at a time. */
export const SINGLE_HOLDER_ROLES = ["SECRETARY", "DIRECTOR", "LI_CHIEF", "PRESIDENT"] as const satisfies readonly AppointmentRole[];
/** What somebody does among neighbours is nobody else's business: these are never published. */
export const PRIVATE_ROLES = ["TEAM_LEADER", "TEAM_MEMBER"] as const satisfies readonly AppointmentRole[];

const TERM = "certain_term(starts_last, ends_first, revoked_on, attested_on) WITH &&";

/** What an appointment must be, whoever writes; the same words stand in the migration. */
export const APPOINTMENT_CHECKS = {
  appointment_role_known: among("role", APPOINTMENT_ROLES),
  appointment_place_whole:
    "num_nonnulls(region_code, community_id, organisation_id) = 1 AND place = coalesce('region:' || region_code, 'community:' || community_id, 'organisation:' || organisation_id)",
  appointment_li_chief_of_li: "role <> 'LI_CHIEF' OR community_id IS NOT NULL",
  appointment_private_role: `NOT (published AND ${among("role", PRIVATE_ROLES)})`,
  appointment_partial_dates: "is_partial_date(starts_first, starts_last) AND is_partial_date(ends_first, ends_last)",
  appointment_in_time: "num_nonnulls(starts_first, attested_on) > 0",
  appointment_period: "ends_last >= starts_first",
  appointment_attested_in_term: "attested_on >= starts_first AND attested_on <= ends_last",
  appointment_one_principal: "num_nonnulls(on_behalf_community_id, on_behalf_organisation_id) <= 1",
  appointment_one_conferrer: "num_nonnulls(conferrer_region_code, conferrer_community_id, conferrer_organisation_id) <= 1",
  appointment_revocation_whole: "num_nonnulls(revoked_on, revoked_by, revocation_reason) IN (0, 3)",
} as const;

const Checks: ClassDecorator = (target) => {
  for (const [name, expression] of Object.entries(APPOINTMENT_CHECKS)) Check(name, expression)(target);
};

/** A person's dated role at a place (Popolo `membership` with its post). Never deleted: an ended or revoked one is history. */
@Entity({ name: "appointment" })
@Unique("appointment_key_once", ["key"])
@Checks
@Exclusion("appointment_one_holder", `USING gist (place WITH =, role WITH =, ${TERM}) WHERE (${among("role", SINGLE_HOLDER_ROLES)})`)
@Exclusion("appointment_once", `USING gist (person_id WITH =, place WITH =, role WITH =, ${TERM})`)
@Index("appointment_by_person", ["personId", "id"])
@Index("appointment_by_region", ["regionCode", "id"])
@Index("appointment_by_community", ["communityId", "id"])
@Index("appointment_by_organisation", ["organisationId", "id"])
@Index("appointment_by_event", ["eventId", "id"])
@Index("appointment_by_on_behalf_community", ["onBehalfCommunityId"])
@Index("appointment_by_on_behalf_organisation", ["onBehalfOrganisationId"])
@Index("appointment_by_conferrer_region", ["conferrerRegionCode"])
@Index("appointment_by_conferrer_community", ["conferrerCommunityId"])
@Index("appointment_by_conferrer_organisation", ["conferrerOrganisationId"])
export class AppointmentEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "appointment_pkey" })
  id: string;

  /** The external key that imports find the record again by. */
  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ name: "person_id", type: "uuid" })
  personId: string;

  @ManyToOne(() => PersonEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "person_id", foreignKeyConstraintName: "appointment_person_fk" })
  person?: Relation<PersonEntity>;

  @Column({ type: "text" })
  role: AppointmentRole;

  /** Where: `region:<code>`, `community:<uuid>` or `organisation:<uuid>`; written out from the one of the three that is set. */
  @Column({ type: "text" })
  place: string;

  @Column({ name: "region_code", type: "text", nullable: true })
  regionCode: string | null;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "region_code", foreignKeyConstraintName: "appointment_region_fk" })
  region?: Relation<RegionEntity>;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "appointment_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "appointment_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  /** The first and the last day that the beginning may be: the same day, a month or a year. Null: the beginning is not known. */
  @Column({ name: "starts_first", type: "date", nullable: true })
  startsFirst: string | null;

  @Column({ name: "starts_last", type: "date", nullable: true })
  startsLast: string | null;

  /** The first and the last day that the last day may be. Null: no end is set. */
  @Column({ name: "ends_first", type: "date", nullable: true })
  endsFirst: string | null;

  @Column({ name: "ends_last", type: "date", nullable: true })
  endsLast: string | null;

  /** A day on which the source says that it was held: all that is known where the beginning is not. */
  @Column({ name: "attested_on", type: "date", nullable: true })
  attestedOn: string | null;

  /** As what the person was appointed, e.g. professor. */
  @Column({ type: "text", nullable: true })
  capacity: string | null;

  @Column({ type: "text", array: true, default: "{}" })
  expertise: string[];

  /** Whom the person stands for (Popolo `on_behalf_of`), e.g. the li that its chief comes from. */
  @Column({ name: "on_behalf_community_id", type: "uuid", nullable: true })
  onBehalfCommunityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "on_behalf_community_id", foreignKeyConstraintName: "appointment_on_behalf_community_fk" })
  onBehalfCommunity?: Relation<CommunityEntity>;

  @Column({ name: "on_behalf_organisation_id", type: "uuid", nullable: true })
  onBehalfOrganisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "on_behalf_organisation_id", foreignKeyConstraintName: "appointment_on_behalf_organisation_fk" })
  onBehalfOrganisation?: Relation<OrganisationEntity>;

  /** Who conferred it. */
  @Column({ name: "conferrer_region_code", type: "text", nullable: true })
  conferrerRegionCode: string | null;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "conferrer_region_code", foreignKeyConstraintName: "appointment_conferrer_region_fk" })
  conferrerRegion?: Relation<RegionEntity>;

  @Column({ name: "conferrer_community_id", type: "uuid", nullable: true })
  conferrerCommunityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "conferrer_community_id", foreignKeyConstraintName: "appointment_conferrer_community_fk" })
  conferrerCommunity?: Relation<CommunityEntity>;

  @Column({ name: "conferrer_organisation_id", type: "uuid", nullable: true })
  conferrerOrganisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "conferrer_organisation_id", foreignKeyConstraintName: "appointment_conferrer_organisation_fk" })
  conferrerOrganisation?: Relation<OrganisationEntity>;

  /** At which event it was conferred. */
  @Column({ name: "event_id", type: "uuid", nullable: true })
  eventId: string | null;

  @Column({ type: "boolean", default: false })
  published: boolean;

  /** From this day on it no longer holds. */
  @Column({ name: "revoked_on", type: "date", nullable: true })
  revokedOn: string | null;

  /** The subject of whoever revoked it. */
  @Column({ name: "revoked_by", type: "text", nullable: true })
  revokedBy: string | null;

  /** Who answers for that subject; null for the platform itself, and where it was not yet kept. */
  @Column({ name: "revoked_by_issuer", type: "text", nullable: true })
  revokedByIssuer: string | null;

  @Column({ name: "revocation_reason", type: "text", nullable: true })
  revocationReason: string | null;

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}
