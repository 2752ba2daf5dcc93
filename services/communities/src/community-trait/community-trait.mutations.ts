import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { importCommunityTraits } from "./community-trait.import";
import { ImportCommunityTraitsInput } from "./community-trait.inputs";
import { ImportCommunityTraitsResult } from "./community-trait.results";

@Resolver()
export class CommunityTraitMutations {
  @Mutation(() => ImportCommunityTraitsResult, { description: "Sets the traits of communities that are on record, row by row." })
  @Access("workers of each row's community, officers of its region, and administrators")
  importCommunityTraits(
    @Arg("input", () => ImportCommunityTraitsInput, { description: "The communities and their traits." }) input: ImportCommunityTraitsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportCommunityTraitsResult> {
    return importCommunityTraits(context, input) as Promise<typeof ImportCommunityTraitsResult>;
  }
}
