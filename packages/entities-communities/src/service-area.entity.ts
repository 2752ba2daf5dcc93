import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import type { Relation } from "typeorm";
import { CommunityEntity } from "./community.entity";
import { OrganisationEntity } from "./organisation.entity";
import { RegionEntity } from "./region.entity";

/** A region or community that an organisation serves: the whole of it, with all that lies in it or is managed by it. */
@Entity({ name: "service_area" })
@Check(
  "service_area_place_whole",
  "num_nonnulls(region_code, community_id) = 1 AND place = coalesce('region:' || region_code, 'community:' || community_id)",
)
@Index("service_area_by_region", ["regionCode"])
@Index("service_area_by_community", ["communityId"])
export class ServiceAreaEntity {
  @PrimaryColumn({ name: "organisation_id", type: "uuid", primaryKeyConstraintName: "service_area_pkey" })
  organisationId: string;

  @ManyToOne(() => OrganisationEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "organisation_id", foreignKeyConstraintName: "service_area_organisation_fk" })
  organisation?: Relation<OrganisationEntity>;

  /** `region:<code>` or `community:<uuid>`; written out from the one of the two that is set. */
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "service_area_pkey" })
  place: string;

  @Column({ name: "region_code", type: "text", nullable: true })
  regionCode: string | null;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "region_code", foreignKeyConstraintName: "service_area_region_fk" })
  region?: Relation<RegionEntity>;

  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "service_area_community_fk" })
  community?: Relation<CommunityEntity>;
}
