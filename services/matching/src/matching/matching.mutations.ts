import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Round } from "../round/round.type";
import { MatchingRun, RunMatchingInput, RunMatchingResult } from "./matching.type";

@Resolver(() => MatchingRun)
export class MatchingMutations {
  @Mutation(() => RunMatchingResult, {
    description:
      "Matches a round's open needs and offers as a whole: the best plan there is, with factors, alternatives and what blocked the rest.",
  })
  @Access("officers of the round's region, and administrators")
  runMatching(
    @Arg("input", () => RunMatchingInput, { description: "The round." }) input: RunMatchingInput,
    @Ctx() context: Context,
  ): Promise<typeof RunMatchingResult> {
    return context.matching.run(input) as Promise<typeof RunMatchingResult>;
  }

  @FieldResolver(() => Round, { nullable: true, description: "The round." })
  round(@Root() run: MatchingRun, @Ctx() context: Context): Promise<Round | null> {
    return context.rounds.byId(run.roundId);
  }
}
