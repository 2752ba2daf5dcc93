import { PublicBecause, wellFormed } from "@gongjian/subgraph";
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { Compound } from "./compound.type";

@Resolver()
export class CompoundQueries {
  @Query(() => Compound, { nullable: true, description: "The compound with an id; null when there is none." })
  @PublicBecause("the register of compounds is public and names nobody who lives there")
  compound(@Arg("id", () => ID, { description: "The compound's id." }) id: string, @Ctx() context: Context): Promise<Compound | null> {
    return context.compounds.byId(wellFormed(id));
  }
}
