import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, VersionColumn, type Relation } from "typeorm";
import { CommunityEntity } from "./community.entity";
import { OrganisationEntity } from "./organisation.entity";
import { SERVICE_FIELDS, type ServiceField } from "./service-field";

/** A line of a community's service contact card: where to turn to for what. Office lines only, never a person's own. */
@Entity({ name: "service_contact" })
@Unique("service_contact_key_once", ["communityId", "key"])
@Check("service_contact_field_known", `field IN (${SERVICE_FIELDS.map((field) => `'${field}'`).join(", ")})`)
@Index("service_contact_by_community", ["communityId", "position", "id"])
export class ServiceContactEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "service_contact_pkey" })
  id: string;

  @Column({ name: "community_id", type: "uuid" })
  communityId: string;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "service_contact_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ type: "text" })
  key: string;

  @Column({ type: "integer" })
  position: number;

  @Column({ type: "text" })
  field: ServiceField;

  @Column({ type: "text" })
  title: string;

  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "service_contact_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  @Column({ type: "text", nullable: true })
  line: string | null;

  @Column({ type: "text", nullable: true })
  place: string | null;

  @Column({ type: "text", nullable: true })
  hours: string | null;

  @Column({ type: "boolean", default: false })
  illustrative: boolean;

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;
}
