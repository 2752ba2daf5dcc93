import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportFacilitiesInput } from "./facility.inputs";
import { ImportFacilitiesResult } from "./facility.results";

@Resolver()
export class FacilityMutations {
  @Mutation(() => ImportFacilitiesResult, { description: "Enters or corrects facilities by external key, row by row." })
  @Access("workers of the community of each row, officers of its region, and administrators")
  importFacilities(
    @Arg("input", () => ImportFacilitiesInput, { description: "The facilities." }) input: ImportFacilitiesInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportFacilitiesResult> {
    return context.facilities.import(input) as Promise<typeof ImportFacilitiesResult>;
  }
}
