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
import { CommunityEntity } from "./community.entity";

const sealed = (column: string): string => `${column} ~ '^v1[.]' AND split_part(${column}, '.', 2) = key_id`;

/** Who a signed-in person is. All that tells it is stored sealed; of an ID number and a mobile number there are blind indexes. */
@Entity({ name: "personal_record" })
@Check("personal_record_name_sealed", sealed("name"))
@Check("personal_record_id_number_sealed", sealed("id_number"))
@Check("personal_record_mobile_sealed", sealed("mobile"))
@Index("personal_record_once", ["issuer", "subject"], { unique: true })
@Index("personal_record_id_number_once", ["idNumberIndex"], { unique: true })
@Index("personal_record_by_community", ["communityId", "id"])
@Index("personal_record_by_key", ["keyId", "id"])
export class PersonalRecordEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "personal_record_pkey" })
  id: string;

  @Column({ type: "text" })
  issuer: string;

  @Column({ type: "text" })
  subject: string;

  /** Whose worker may see it masked. */
  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "personal_record_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ type: "text" })
  name: string;

  @Column({ name: "id_number", type: "text" })
  idNumber: string;

  @Column({ name: "id_number_index", type: "text" })
  idNumberIndex: string;

  @Column({ type: "text", nullable: true })
  mobile: string | null;

  @Column({ name: "mobile_index", type: "text", nullable: true })
  mobileIndex: string | null;

  /** The data key that all values are sealed with. */
  @Column({ name: "key_id", type: "text" })
  keyId: string;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;
}

/** That the personal data of somebody was erased. Whom it was about can be found by who knows the subject and has the data keys. */
@Entity({ name: "erasure" })
@Index("erasure_by_subject", ["subjectIndex"])
@Index("erasure_pseudonym_once", ["pseudonym"], { unique: true })
export class ErasureEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "erasure_pkey" })
  id: string;

  /** The blind index of issuer and subject. */
  @Column({ name: "subject_index", type: "text" })
  subjectIndex: string;

  /** What stands for the subject where a record must stay. */
  @Column({ type: "text" })
  pseudonym: string;

  /** The role under which it was asked for: `SELF` or `ADMIN`. */
  @Column({ type: "text" })
  by: string;

  @Column({ type: "text", nullable: true })
  reason: string | null;

  @Column({ type: "timestamptz", default: () => "now()" })
  at: Date;
}
