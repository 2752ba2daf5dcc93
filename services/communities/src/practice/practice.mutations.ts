import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CreatePracticeInput, ImportPracticesInput, UpdatePracticeInput } from "./practice.inputs";
import { CreatePracticeResult, ImportPracticesResult, UpdatePracticeResult } from "./practice.results";

const WHO = "workers or representatives of its holder, officers of the region, and administrators";

@Resolver()
export class PracticeMutations {
  @Mutation(() => CreatePracticeResult, { description: "Enters a practice of a region, a community or an organisation." })
  @Access(WHO)
  createPractice(
    @Arg("input", () => CreatePracticeInput, { description: "The new practice." }) input: CreatePracticeInput,
    @Ctx() context: Context,
  ): Promise<typeof CreatePracticeResult> {
    return context.practices.create(input) as Promise<typeof CreatePracticeResult>;
  }

  @Mutation(() => UpdatePracticeResult, { description: "Changes a practice: also at which events it was presented." })
  @Access(WHO)
  updatePractice(
    @Arg("input", () => UpdatePracticeInput, { description: "The change." }) input: UpdatePracticeInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdatePracticeResult> {
    return context.practices.update(input) as Promise<typeof UpdatePracticeResult>;
  }

  @Mutation(() => ImportPracticesResult, { description: "Creates or updates practices by external key, row by row." })
  @Access("workers or representatives of each row's holder, officers of its region, and administrators")
  importPractices(
    @Arg("input", () => ImportPracticesInput, { description: "The practices." }) input: ImportPracticesInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportPracticesResult> {
    return context.practices.import(input) as Promise<typeof ImportPracticesResult>;
  }
}
