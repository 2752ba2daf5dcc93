import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportServiceAreasInput, SetServiceAreasInput } from "./service-area.inputs";
import { ImportServiceAreasResult, SetServiceAreasResult } from "./service-area.results";

@Resolver()
export class ServiceAreaMutations {
  @Mutation(() => SetServiceAreasResult, { description: "Says where an organisation serves." })
  @Access("its representatives, officers of its region, and administrators")
  setServiceAreas(
    @Arg("input", () => SetServiceAreasInput, { description: "The places." }) input: SetServiceAreasInput,
    @Ctx() context: Context,
  ): Promise<typeof SetServiceAreasResult> {
    return context.serviceAreas.set(input) as Promise<typeof SetServiceAreasResult>;
  }

  @Mutation(() => ImportServiceAreasResult, { description: "Says where organisations serve, one or many, row by row." })
  @Access("representatives of each row's organisation, officers of its region, and administrators")
  importServiceAreas(
    @Arg("input", () => ImportServiceAreasInput, { description: "The places, one row an organisation." }) input: ImportServiceAreasInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportServiceAreasResult> {
    return context.serviceAreas.import(input) as Promise<typeof ImportServiceAreasResult>;
  }
}
