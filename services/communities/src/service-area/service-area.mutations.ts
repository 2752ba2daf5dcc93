import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { SetServiceAreasInput } from "./service-area.inputs";
import { SetServiceAreasResult } from "./service-area.results";

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
}
