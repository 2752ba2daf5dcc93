import { Access, AssumedSize } from "@gongjian/subgraph";
import { Arg, Ctx, Directive, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";

@Resolver()
export class OrganisationMergeQueries {
  @Query(() => [[ID]], {
    description:
      "All ids of each of the organisations, in the order asked for: the one that it has now first. An id that nothing has stands alone. At most 200. For the platform itself, which no token can be.",
  })
  @Directive("@inaccessible")
  @AssumedSize(10)
  @Access("the platform itself")
  sameOrganisations(
    @Arg("ids", () => [ID], { description: "Ids of organisations, of before or after a merge." }) ids: string[],
    @Ctx() context: Context,
  ): Promise<string[][]> {
    return context.organisationMerges.same(ids);
  }
}
