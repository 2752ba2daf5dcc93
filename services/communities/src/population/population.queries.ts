import { PublicBecause, wellFormed } from "@gongjian/subgraph";
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { PopulationSnapshot } from "./population.type";

@Resolver()
export class PopulationQueries {
  @Query(() => PopulationSnapshot, { nullable: true, description: "The population snapshot with an id; null when there is none." })
  @PublicBecause("population figures of communities are published")
  populationSnapshot(
    @Arg("id", () => ID, { description: "The snapshot's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<PopulationSnapshot | null> {
    return context.populations.byId(wellFormed(id));
  }
}
