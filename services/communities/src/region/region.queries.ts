import { PublicBecause, type Page } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { RegionsArgs } from "./region.inputs";
import { Region, RegionConnection } from "./region.type";

@Resolver()
export class RegionQueries {
  @Query(() => Region, { nullable: true, description: "The region with a code; null when there is none." })
  @PublicBecause("the register of regions is public")
  region(@Arg("code", () => ID, { description: "The region's code." }) code: string, @Ctx() context: Context): Promise<Region | null> {
    return context.regions.byCode(code);
  }

  @Query(() => RegionConnection, { description: "Regions, filtered and in order." })
  @PublicBecause("the register of regions is public")
  regions(@Args(() => RegionsArgs) args: RegionsArgs, @Ctx() context: Context): Promise<Page<Region>> {
    return context.regions.list(args);
  }
}
