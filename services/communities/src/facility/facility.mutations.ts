import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CreateFacilityInput, ImportFacilitiesInput, UpdateFacilityInput } from "./facility.inputs";
import { CreateFacilityResult, ImportFacilitiesResult, UpdateFacilityResult } from "./facility.results";

@Resolver()
export class FacilityMutations {
  @Mutation(() => CreateFacilityResult, { description: "Enters a facility of a community or of a region." })
  @Access("the community's workers, officers of the region, and administrators")
  createFacility(
    @Arg("input", () => CreateFacilityInput, { description: "The new facility." }) input: CreateFacilityInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateFacilityResult> {
    return context.facilities.create(input) as Promise<typeof CreateFacilityResult>;
  }

  @Mutation(() => UpdateFacilityResult, {
    description: "Changes a facility; what it was before stays in its history.",
  })
  @Access("its community's workers, officers of the region, and administrators")
  updateFacility(
    @Arg("input", () => UpdateFacilityInput, { description: "The change." }) input: UpdateFacilityInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateFacilityResult> {
    return context.facilities.update(input) as Promise<typeof UpdateFacilityResult>;
  }

  @Mutation(() => ImportFacilitiesResult, { description: "Enters or corrects facilities by external key, row by row." })
  @Access("workers of the community of each row, officers of the region, and administrators")
  importFacilities(
    @Arg("input", () => ImportFacilitiesInput, { description: "The facilities." }) input: ImportFacilitiesInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportFacilitiesResult> {
    return context.facilities.import(input) as Promise<typeof ImportFacilitiesResult>;
  }
}
