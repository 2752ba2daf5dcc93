import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { Organisation } from "../organisation/organisation.type";
import { Region } from "../region/region.type";
import { Membership } from "./membership.type";

@Resolver(() => Membership)
export class MembershipFields {
  @FieldResolver(() => Region, {
    nullable: true,
    description: "The region that it is held over; null where it is held over something else.",
  })
  region(@Root() { regionCode }: Membership, @Ctx() context: Context): Promise<Region | null> | null {
    return regionCode === null ? null : context.regions.byCode(regionCode);
  }

  @FieldResolver(() => Community, {
    nullable: true,
    description: "The community that it is held over; null where it is held over something else.",
  })
  community(@Root() { communityId }: Membership, @Ctx() context: Context): Promise<Community | null> | null {
    return communityId === null ? null : context.communities.byId(communityId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: "The organisation that it is held over; null where it is held over something else.",
  })
  organisation(@Root() { organisationId }: Membership, @Ctx() context: Context): Promise<Organisation | null> | null {
    return organisationId === null ? null : context.organisations.byId(organisationId);
  }
}
