import { PublicBecause } from "@gongjian/subgraph";
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CommunityComparison } from "./comparison.type";

@Resolver()
export class ComparisonQueries {
  @Query(() => CommunityComparison, { description: "Two to four communities side by side, aspect by aspect." })
  @PublicBecause("it shows what the communities' own pages show to everybody")
  compareCommunities(
    @Arg("ids", () => [ID], { description: "The ids of two to four different communities." }) ids: string[],
    @Ctx() context: Context,
  ): Promise<CommunityComparison> {
    return context.comparisons.of(ids);
  }
}
