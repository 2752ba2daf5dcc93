import { commonEntities } from "@gongjian/database";
import { CommunityEntity } from "./community.entity";
import { MembershipEntity } from "./membership.entity";
import { Register1700000000001 } from "./migrations/1700000000001-register";
import { Memberships1700000000002 } from "./migrations/1700000000002-memberships";
import { OrganisationEntity } from "./organisation.entity";
import { PopulationEthnicGroupEntity, PopulationSnapshotEntity } from "./population-snapshot.entity";
import { RegionEntity, RegionManagementEntity } from "./region.entity";
import { RegisterPartEntity } from "./register-part.entity";

export { searchVector } from "./columns";
export * from "./community.entity";
export * from "./membership.entity";
export * from "./organisation.entity";
export * from "./population-snapshot.entity";
export * from "./region.entity";
export * from "./register-part.entity";

export const entities = [
  ...commonEntities,
  RegionEntity,
  RegionManagementEntity,
  CommunityEntity,
  OrganisationEntity,
  PopulationSnapshotEntity,
  PopulationEthnicGroupEntity,
  RegisterPartEntity,
  MembershipEntity,
];
export const name = "communities" as const;
export const migrations = [Register1700000000001, Memberships1700000000002];
