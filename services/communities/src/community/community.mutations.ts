import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CreateCommunityInput, ImportCommunitiesInput, UpdateCommunityInput } from "./community.inputs";
import { CreateCommunityResult, ImportCommunitiesResult, UpdateCommunityResult } from "./community.results";

@Resolver()
export class CommunityMutations {
  @Mutation(() => CreateCommunityResult, { description: "Enters a community." })
  @Access("officers of its region, and administrators")
  createCommunity(
    @Arg("input", () => CreateCommunityInput, { description: "The new community." }) input: CreateCommunityInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateCommunityResult> {
    return context.communities.create(input) as Promise<typeof CreateCommunityResult>;
  }

  @Mutation(() => UpdateCommunityResult, { description: "Changes a community." })
  @Access("its workers, officers of its region, and administrators")
  updateCommunity(
    @Arg("input", () => UpdateCommunityInput, { description: "The change." }) input: UpdateCommunityInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateCommunityResult> {
    return context.communities.update(input) as Promise<typeof UpdateCommunityResult>;
  }

  @Mutation(() => ImportCommunitiesResult, { description: "Creates or updates communities by identifier, row by row." })
  @Access("officers of the region of each row, and administrators")
  importCommunities(
    @Arg("input", () => ImportCommunitiesInput, { description: "The communities." }) input: ImportCommunitiesInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportCommunitiesResult> {
    return context.communities.import(input) as Promise<typeof ImportCommunitiesResult>;
  }
}
