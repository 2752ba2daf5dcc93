import { PublicBecause, wellFormed, type Page } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { FacilitiesArgs, NearestFacilitiesArgs } from "./facility.inputs";
import { Facility, FacilityConnection, NearbyFacility } from "./facility.type";

@Resolver()
export class FacilityQueries {
  @Query(() => Facility, { nullable: true, description: "The facility with an id; null when there is none." })
  @PublicBecause("the register of facilities is public")
  facility(@Arg("id", () => ID, { description: "The facility's id." }) id: string, @Ctx() context: Context): Promise<Facility | null> {
    return context.facilities.byId(wellFormed(id));
  }

  @Query(() => FacilityConnection, { description: "Facilities, filtered and in order." })
  @PublicBecause("the register of facilities is public")
  facilities(@Args(() => FacilitiesArgs) args: FacilitiesArgs, @Ctx() context: Context): Promise<Page<Facility>> {
    return context.facilities.list(args);
  }

  @Query(() => [NearbyFacility], {
    nullable: true,
    description: "The open facilities around a place, the nearest first; null when the position of the community is not known.",
  })
  @PublicBecause("the register of facilities is public")
  nearestFacilities(
    @Args(() => NearestFacilitiesArgs) args: NearestFacilitiesArgs,
    @Ctx() context: Context,
  ): Promise<NearbyFacility[] | null> {
    return context.facilities.nearest(args);
  }
}
