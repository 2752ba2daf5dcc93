import { PublicBecause, wellFormed } from "@gongjian/subgraph";
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { Match } from "./match.type";

@Resolver()
export class MatchQueries {
  @Query(() => Match, { nullable: true, description: "The match with an id; null when there is none that you may see." })
  @PublicBecause("matches are public once their round is matched; before that they are left out for others than its officers")
  match(@Arg("id", () => ID, { description: "The match's id." }) id: string, @Ctx() context: Context): Promise<Match | null> {
    return context.matches.byId(wellFormed(id));
  }
}
