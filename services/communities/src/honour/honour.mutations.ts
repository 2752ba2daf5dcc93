import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CreateHonourInput, ImportHonoursInput, UpdateHonourInput } from "./honour.inputs";
import { CreateHonourResult, ImportHonoursResult, UpdateHonourResult } from "./honour.results";

const WHO = "workers or representatives of its holder, officers of the region, and administrators";

@Resolver()
export class HonourMutations {
  @Mutation(() => CreateHonourResult, { description: "Enters an honour of a community, an organisation or a practice." })
  @Access(WHO)
  createHonour(
    @Arg("input", () => CreateHonourInput, { description: "The new honour." }) input: CreateHonourInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateHonourResult> {
    return context.honours.create(input) as Promise<typeof CreateHonourResult>;
  }

  @Mutation(() => UpdateHonourResult, { description: "Changes an honour." })
  @Access(WHO)
  updateHonour(
    @Arg("input", () => UpdateHonourInput, { description: "The change." }) input: UpdateHonourInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateHonourResult> {
    return context.honours.update(input) as Promise<typeof UpdateHonourResult>;
  }

  @Mutation(() => ImportHonoursResult, { description: "Creates or updates honours by external key, row by row." })
  @Access("workers or representatives of each row's holder, officers of its region, and administrators")
  importHonours(
    @Arg("input", () => ImportHonoursInput, { description: "The honours." }) input: ImportHonoursInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportHonoursResult> {
    return context.honours.import(input) as Promise<typeof ImportHonoursResult>;
  }
}
