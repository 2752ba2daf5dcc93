import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CreateCompoundInput, ImportCompoundsInput, UpdateCompoundInput } from "./compound.inputs";
import { CreateCompoundResult, ImportCompoundsResult, UpdateCompoundResult } from "./compound.results";

@Resolver()
export class CompoundMutations {
  @Mutation(() => CreateCompoundResult, { description: "Enters a compound of a community." })
  @Access("the community's workers, officers of its region, and administrators")
  createCompound(
    @Arg("input", () => CreateCompoundInput, { description: "The new compound." }) input: CreateCompoundInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateCompoundResult> {
    return context.compounds.create(input) as Promise<typeof CreateCompoundResult>;
  }

  @Mutation(() => UpdateCompoundResult, { description: "Changes a compound." })
  @Access("its community's workers, officers of the region, and administrators")
  updateCompound(
    @Arg("input", () => UpdateCompoundInput, { description: "The change." }) input: UpdateCompoundInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateCompoundResult> {
    return context.compounds.update(input) as Promise<typeof UpdateCompoundResult>;
  }

  @Mutation(() => ImportCompoundsResult, { description: "Creates or updates compounds by community and name, row by row." })
  @Access("workers of each row's community, officers of its region, and administrators")
  importCompounds(
    @Arg("input", () => ImportCompoundsInput, { description: "The compounds." }) input: ImportCompoundsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportCompoundsResult> {
    return context.compounds.import(input) as Promise<typeof ImportCompoundsResult>;
  }
}
