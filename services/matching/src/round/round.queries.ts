import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { RoundsArgs } from "./round.inputs";
import { Round, RoundConnection } from "./round.type";

@Resolver()
export class RoundQueries {
  @Query(() => Round, { nullable: true, description: "The round with an id; null when there is none that you may see." })
  @PublicBecause("published rounds are public; drafts are left out for others than their officers")
  round(@Arg("id", () => ID, { description: "The round's id." }) id: string, @Ctx() context: Context): Promise<Round | null> {
    return context.rounds.byId(wellFormed(id));
  }

  @Query(() => Round, { nullable: true, description: "The round with an external key; null when there is none that you may see." })
  @PublicBecause("published rounds are public; drafts are left out for others than their officers")
  roundByKey(@Arg("key", () => String, { description: "The external key." }) key: string, @Ctx() context: Context): Promise<Round | null> {
    return context.rounds.byKey(key);
  }

  @Query(() => RoundConnection, { description: "Rounds that you may see, filtered and in order." })
  @PublicBecause("published rounds are public; drafts are left out for others than their officers")
  rounds(@Args(() => RoundsArgs) args: RoundsArgs, @Ctx() context: Context): Promise<Page<Round>> {
    return context.rounds.list(args);
  }
}
