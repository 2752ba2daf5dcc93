import { Column, CreateDateColumn, Entity, Index, PrimaryColumn, Unique, UpdateDateColumn, VersionColumn } from "typeorm";
import { searchColumn } from "./columns";

/**
 * A person who holds or held an appointment (Popolo `person`). Only what the public may know of somebody in a public role is kept here:
 * the name. What they do, where and when stands in their appointments.
 */
@Entity({ name: "person" })
@Unique("person_key_once", ["key"])
@Index("person_by_name", ["name", "id"])
@Index("person_by_name_key", ["nameKey"])
@Index("person_search", { synchronize: false })
export class PersonEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "person_pkey" })
  id: string;

  /** The external key that imports find the record again by. */
  @Column({ type: "text", nullable: true })
  key: string | null;

  @Column({ type: "text" })
  name: string;

  @Column({ name: "name_key", type: "text" })
  nameKey: string;

  /** Made up to show how the platform works; not a real person. */
  @Column({ type: "boolean", default: false })
  illustrative: boolean;

  @Column(searchColumn)
  searchTokens: string[];

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}
