import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { MoveMatchInput } from "./match.inputs";
import { MoveMatchResult } from "./match.results";

@Resolver()
export class MatchMutations {
  @Mutation(() => MoveMatchResult, {
    description:
      "Takes a match to its next state: proposed, accepted or declined, signed, fulfilled. It is accepted once both sides have accepted it: until then it stays proposed, and `acceptedBy` tells who has. A side that accepts again changes nothing.",
  })
  @Access(
    "officers of the round's region propose and sign; workers of the community and representatives of the organisation accept or decline; workers and officers confirm",
  )
  moveMatch(
    @Arg("input", () => MoveMatchInput, { description: "The step." }) input: MoveMatchInput,
    @Ctx() context: Context,
  ): Promise<typeof MoveMatchResult> {
    return context.matches.move(input) as Promise<typeof MoveMatchResult>;
  }
}
