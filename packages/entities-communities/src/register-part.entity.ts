import { Column, CreateDateColumn, Entity, PrimaryColumn } from "typeorm";

/** A part of a register that has been imported, so that an import that was interrupted goes on where it was. */
@Entity({ name: "register_part" })
export class RegisterPartEntity {
  /** Which register, with its version. */
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "register_part_pkey" })
  register: string;

  /** Which part: the code that all codes in it begin with. */
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "register_part_pkey" })
  part: string;

  @Column({ type: "integer" })
  rows: number;

  @CreateDateColumn({ name: "done_at", type: "timestamptz" })
  doneAt: Date;
}
