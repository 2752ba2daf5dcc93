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
import { PracticeEntity } from "./practice.entity";

export const HONOUR_LEVELS = ["INTERNATIONAL", "NATIONAL", "PROVINCIAL", "MUNICIPAL", "DISTRICT", "STREET", "OTHER"] as const;
export type HonourLevel = (typeof HONOUR_LEVELS)[number];

/** What a community, an organisation or a practice was honoured with. */
@Entity({ name: "honour" })
@Unique("honour_key_once", ["key"])
@Unique("honour_once", ["place", "titleKey", "year"])
@Check("honour_level_known", `level IN (${HONOUR_LEVELS.map((level) => `'${level}'`).join(", ")})`)
@Check("honour_year_range", "year BETWEEN 1900 AND 2200")
@Check(
  "honour_one_holder",
  "num_nonnulls(community_id, organisation_id, practice_id) = 1 AND place = coalesce('community:' || community_id, 'organisation:' || organisation_id, 'practice:' || practice_id)",
)
@Check("honour_one_awarder", "num_nonnulls(awarder_id, awarder_name) = 1")
@Index("honour_by_year", ["year", "id"])
@Index("honour_by_community", ["communityId", "year", "id"])
@Index("honour_by_organisation", ["organisationId", "year", "id"])
@Index("honour_by_practice", ["practiceId", "year", "id"])
@Index("honour_by_awarder", ["awarderId"])
export class HonourEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "honour_pkey" })
  id: string;

  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ type: "text" })
  title: string;

  /** The title, folded: either script is the same title. */
  @Column({ name: "title_key", type: "text" })
  titleKey: string;

  @Column({ type: "integer" })
  year: number;

  @Column({ type: "text" })
  level: HonourLevel;

  /** Who was honoured, as one text. */
  @Column({ type: "text" })
  place: string;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "honour_community_fk" })
  community?: Relation<CommunityEntity>;

  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "honour_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  @Column({ name: "practice_id", type: "uuid", nullable: true })
  practiceId: string | null;

  @ManyToOne(() => PracticeEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "practice_id", foreignKeyConstraintName: "honour_practice_fk" })
  practice?: Relation<PracticeEntity>;

  /** Who awarded it, where it is an organisation of the platform. */
  @Column({ name: "awarder_id", type: "uuid", nullable: true })
  awarderId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "awarder_id", foreignKeyConstraintName: "honour_awarder_fk" })
  awarder?: Relation<OrganisationEntity>;

  /** Who awarded it, where it is not. */
  @Column({ name: "awarder_name", type: "text", nullable: true })
  awarderName: string | null;

  /** Made up to show how the platform works. */
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
