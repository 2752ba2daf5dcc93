import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from "typeorm";
import { oneOf } from "./columns";
import { EventEntity } from "./event.entity";

/** In the order in which organisers are named. */
export const ORGANISER_ROLES = ["HOST", "ORGANISER", "CO_ORGANISER", "SUPPORTER", "MODERATOR"] as const;
export type OrganiserRole = (typeof ORGANISER_ROLES)[number];

/** A community or an organisation that holds an event, in a role and at a place in that role's order. */
@Entity({ name: "organiser" })
@Unique("organiser_place_once", ["eventId", "role", "position"])
@Check("organiser_role_known", oneOf("role", ORGANISER_ROLES))
@Check("organiser_position_positive", `position >= 1`)
@Check("organiser_one_party", `num_nonnulls(community_id, organisation_id) = 1`)
@Index("organiser_by_community", ["communityId", "eventId"])
@Index("organiser_by_organisation", ["organisationId", "eventId"])
export class OrganiserEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "organiser_pkey" })
  id: string;

  @Column({ name: "event_id", type: "uuid" })
  eventId: string;

  @ManyToOne(() => EventEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "event_id", foreignKeyConstraintName: "organiser_event_fk" })
  event?: Relation<EventEntity>;

  @Column({ type: "text" })
  role: OrganiserRole;

  @Column({ type: "integer" })
  position: number;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @Column({ name: "organisation_id", type: "uuid", nullable: true })
  organisationId: string | null;

  @Column({ type: "text", nullable: true })
  source: string | null;
}
