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
  VersionColumn,
  type Relation,
} from "typeorm";
import { CommunityEntity } from "./community.entity";
import { OrganisationEntity } from "./organisation.entity";
import { RegionEntity } from "./region.entity";

export const MEMBERSHIP_ROLES = ["RESIDENT", "COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "AUDITOR", "ADMIN", "SERVICE"] as const;
export type MembershipRole = (typeof MEMBERSHIP_ROLES)[number];

const ROLE_KNOWN = `role IN (${MEMBERSHIP_ROLES.map((role) => `'${role}'`).join(", ")})`;
/** The scope is the place, written out: the two can never say different things. */
const SCOPE_IS_PLACE =
  "num_nonnulls(region_code, community_id, organisation_id) <= 1 AND scope = coalesce('region:' || region_code, 'community:' || community_id, 'organisation:' || organisation_id, '*')";
/** One subject holds a role over a scope once at a time; a later term of office may follow. */
const ONCE =
  "USING gist (issuer WITH =, subject WITH =, role WITH =, scope WITH =, daterange(starts_on, ends_on, '[]') WITH &&) WHERE (revoked_at IS NULL)";

/** A role that a person or a service holds over a scope from one day to another. Never deleted: an ended one is history. */
@Entity({ name: "membership" })
@Check("membership_role_known", ROLE_KNOWN)
@Check("membership_scope_is_place", SCOPE_IS_PLACE)
@Check("membership_period", "ends_on >= starts_on")
@Check("membership_revocation_whole", "(revoked_at IS NULL) = (revoked_by IS NULL)")
@Exclusion("membership_once", ONCE)
@Index("membership_by_subject", ["issuer", "subject", "id"])
@Index("membership_by_scope", ["scope", "id"])
@Index("membership_by_region", ["regionCode"])
@Index("membership_by_community", ["communityId"])
@Index("membership_by_organisation", ["organisationId"])
export class MembershipEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "membership_pkey" })
  id: string;

  /** The `iss` of the tokens: who answers for the subject. */
  @Column({ type: "text" })
  issuer: string;

  /** The `sub` of the tokens. */
  @Column({ type: "text" })
  subject: string;

  @Column({ type: "text" })
  role: MembershipRole;

  /** `*`, `region:<code>`, `community:<uuid>` or `organisation:<uuid>`. */
  @Column({ type: "text" })
  scope: string;

  @Column({ name: "region_code", type: "text", nullable: true })
  regionCode: string | null;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "region_code", foreignKeyConstraintName: "membership_region_fk" })
  region?: Relation<RegionEntity>;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "membership_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "membership_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  /** The first and the last day on which it counts; no last day: until it is revoked. */
  @Column({ name: "starts_on", type: "date" })
  startsOn: string;

  @Column({ name: "ends_on", type: "date", nullable: true })
  endsOn: string | null;

  /** The subject of whoever granted it. */
  @Column({ name: "granted_by", type: "text" })
  grantedBy: string;

  /** Who answers for that subject; null for the platform itself, and where it was not yet kept. */
  @Column({ name: "granted_by_issuer", type: "text", nullable: true })
  grantedByIssuer: string | null;

  @CreateDateColumn({ name: "granted_at", type: "timestamptz" })
  grantedAt: Date;

  @Column({ name: "revoked_by", type: "text", nullable: true })
  revokedBy: string | null;

  /** Who answers for that subject; null for the platform itself, and where it was not yet kept. */
  @Column({ name: "revoked_by_issuer", type: "text", nullable: true })
  revokedByIssuer: string | null;

  @Column({ name: "revoked_at", type: "timestamptz", nullable: true })
  revokedAt: Date | null;

  /** Why it was granted, or, once it is revoked, why it was. */
  @Column({ type: "text", nullable: true })
  reason: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;
}
