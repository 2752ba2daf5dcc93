import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CorrectFacilityChangeInput, RecordFacilityChangeInput } from "./facility-change.inputs";
import { CorrectFacilityChangeResult, RecordFacilityChangeResult } from "./facility-change.results";

@Resolver()
export class FacilityChangeMutations {
  @Mutation(() => RecordFacilityChangeResult, {
    description: "Records what a facility was before it became what it is, from when to when.",
  })
  @Access("the community's workers, officers of its region, and administrators")
  recordFacilityChange(
    @Arg("input", () => RecordFacilityChangeInput, { description: "What it was." }) input: RecordFacilityChangeInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordFacilityChangeResult> {
    return context.facilityChanges.record(input) as Promise<typeof RecordFacilityChangeResult>;
  }

  @Mutation(() => CorrectFacilityChangeResult, {
    description: "Says what an entry of a facility's past should have said, or that it never was that. The entry stays on record.",
  })
  @Access("the community's workers, officers of its region, and administrators")
  correctFacilityChange(
    @Arg("input", () => CorrectFacilityChangeInput, { description: "The correction." }) input: CorrectFacilityChangeInput,
    @Ctx() context: Context,
  ): Promise<typeof CorrectFacilityChangeResult> {
    return context.facilityChanges.correct(input) as Promise<typeof CorrectFacilityChangeResult>;
  }
}
