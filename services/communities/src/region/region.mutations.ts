import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportRegionsInput, UpdateRegionInput } from "./region.inputs";
import { ImportRegionsResult, UpdateRegionResult } from "./region.results";

@Resolver()
export class RegionMutations {
  @Mutation(() => ImportRegionsResult, { description: "Creates or updates regions by code, row by row." })
  @Access("officers of the region that contains each row, and administrators")
  importRegions(
    @Arg("input", () => ImportRegionsInput, { description: "The regions." }) input: ImportRegionsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportRegionsResult> {
    return context.regions.import(input) as Promise<typeof ImportRegionsResult>;
  }

  @Mutation(() => UpdateRegionResult, { description: "Changes a region's name or what a zone manages." })
  @Access("officers of the region or of one above it, and administrators")
  updateRegion(
    @Arg("input", () => UpdateRegionInput, { description: "The change." }) input: UpdateRegionInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateRegionResult> {
    return context.regions.update(input) as Promise<typeof UpdateRegionResult>;
  }
}
