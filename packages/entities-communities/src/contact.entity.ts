import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  VersionColumn,
  type Relation,
} from "typeorm";
import { AppointmentEntity } from "./appointment.entity";
import { CommunityEntity } from "./community.entity";
import { OrganisationEntity } from "./organisation.entity";

export const CONTACT_KINDS = ["PHONE", "MOBILE", "EMAIL", "WECHAT", "ADDRESS"] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** A way to reach a community, an organisation, or whoever holds an appointment. Its value is stored sealed (AES-256-GCM), beside a blind index for finding it again. */
@Entity({ name: "contact" })
@Check("contact_kind_known", `kind IN (${CONTACT_KINDS.map((kind) => `'${kind}'`).join(", ")})`)
@Check("contact_owner_one", "num_nonnulls(community_id, organisation_id, appointment_id) = 1")
@Check("contact_value_sealed", "value ~ '^v1[.]' AND split_part(value, '.', 2) = key_id")
@Check("contact_published_line", "NOT published OR kind IN ('PHONE', 'EMAIL', 'ADDRESS')")
@Index("contact_once_in_community", ["communityId", "valueIndex"], { unique: true })
@Index("contact_once_in_organisation", ["organisationId", "valueIndex"], { unique: true })
@Index("contact_once_in_appointment", ["appointmentId", "valueIndex"], { unique: true })
@Index("contact_by_key", ["keyId", "id"])
export class ContactEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "contact_pkey" })
  id: string;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "contact_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "contact_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  @Column({ name: "appointment_id", type: "uuid", nullable: true })
  appointmentId: string | null;

  @ManyToOne(() => AppointmentEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "appointment_id", foreignKeyConstraintName: "contact_appointment_fk" })
  appointment?: Relation<AppointmentEntity>;

  @Column({ type: "text" })
  kind: ContactKind;

  /** What it is for, e.g. 服务热线. Nothing private. */
  @Column({ type: "text" })
  purpose: string;

  @Column({ type: "text", nullable: true })
  label: string | null;

  /** A service line that everybody may read. */
  @Column({ type: "boolean" })
  published: boolean;

  /** Sealed for `communities.contact.value` and this id. */
  @Column({ type: "text" })
  value: string;

  /** The blind index of the normalised value. */
  @Column({ name: "value_index", type: "text" })
  valueIndex: string;

  /** The data key that the value is sealed with. */
  @Column({ name: "key_id", type: "text" })
  keyId: string;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;
}

/** Somebody has read a private value in full. Only ever added to; it outlives what was read. */
@Entity({ name: "contact_reading" })
@Index("contact_reading_by_contact", ["contactId", "id"])
@Index("contact_reading_by_subject", ["subject", "issuer", "id"])
export class ContactReadingEntity {
  @PrimaryColumn({ type: "bigint", generated: "identity", generatedIdentity: "ALWAYS", primaryKeyConstraintName: "contact_reading_pkey" })
  id: string;

  @Column({ name: "contact_id", type: "uuid" })
  contactId: string;

  @Column({ type: "timestamptz", default: () => "now()" })
  at: Date;

  /** Who answers for the subject; null for the platform's own readings, and where it was not yet kept. */
  @Column({ type: "text", nullable: true })
  issuer: string | null;

  @Column({ type: "text" })
  subject: string;

  /** The role under which it was read. */
  @Column({ type: "text" })
  role: string;

  @Column({ name: "request_id", type: "text" })
  requestId: string;
}
