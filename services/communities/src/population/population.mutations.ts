import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportPopulationsInput, RecordPopulationInput } from "./population.inputs";
import { ImportPopulationsResult, RecordPopulationResult } from "./population.results";

@Resolver()
export class PopulationMutations {
  @Mutation(() => RecordPopulationResult, { description: "Records what a community counted on a day." })
  @Access("the community's workers, officers of its region, and administrators")
  recordPopulation(
    @Arg("input", () => RecordPopulationInput, { description: "The figures." }) input: RecordPopulationInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordPopulationResult> {
    return context.populations.record(input) as Promise<typeof RecordPopulationResult>;
  }

  @Mutation(() => ImportPopulationsResult, { description: "Creates or updates population snapshots by community and day, row by row." })
  @Access("workers of each row's community, officers of its region, and administrators")
  importPopulations(
    @Arg("input", () => ImportPopulationsInput, { description: "The figures." }) input: ImportPopulationsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportPopulationsResult> {
    return context.populations.import(input) as Promise<typeof ImportPopulationsResult>;
  }
}
