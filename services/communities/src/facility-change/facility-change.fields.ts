import type { Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Facility } from "../facility/facility.type";
import { FacilityChangesArgs } from "./facility-change.inputs";
import { FacilityChange, FacilityChangeConnection } from "./facility-change.type";

@Resolver(() => FacilityChange)
export class FacilityChangeFields {
  @FieldResolver(() => Facility, { nullable: true, description: "The facility." })
  facility(@Root() { facilityId }: FacilityChange, @Ctx() context: Context): Promise<Facility | null> {
    return context.facilities.byId(facilityId);
  }

  @FieldResolver(() => FacilityChange, { nullable: true, description: "The entry that this one corrects." })
  corrects(@Root() { correctsId }: FacilityChange, @Ctx() context: Context): Promise<FacilityChange | null> | null {
    return correctsId === null ? null : context.facilityChanges.byId(correctsId);
  }
}

@Resolver(() => Facility)
export class FacilityPast {
  @FieldResolver(() => FacilityChangeConnection, { description: "What the place was before, the earliest first." })
  changes(
    @Root() { id }: Facility,
    @Args(() => FacilityChangesArgs) args: FacilityChangesArgs,
    @Ctx() context: Context,
  ): Promise<Page<FacilityChange>> {
    return context.facilityChanges.ofFacility(id, args);
  }
}
