import { CommandInput, IdempotencyConflict, SafeIntScalar } from "@gongjian/subgraph";
import { createUnionType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { RoundClosed } from "../round/round.results";

@InputType({ description: "A round to match." })
export class RunMatchingInput extends CommandInput {
  @Field(() => ID, { description: "The round's id." })
  roundId: string;

  @Field(() => Boolean, { nullable: true, description: "Solve and answer, but store nothing." })
  dryRun?: boolean | null;
}

@ObjectType({ description: "What a run of the matching came to. No other plan reaches a higher value." })
export class MatchingRun {
  readonly __typename = "MatchingRun" as const;

  @Field(() => SafeIntScalar, { description: "The sum of score × units over all matches, those that people had settled before included." })
  value: number;

  @Field(() => Int, { description: "Open needs." })
  needs: number;

  @Field(() => Int, { description: "Open offers." })
  offers: number;

  @Field(() => Int, { description: "Matches that the run suggests." })
  suggested: number;

  @Field(() => Int, { description: "Matches that people had proposed, accepted, signed or fulfilled before, and that stay." })
  kept: number;

  @Field(() => Int, { description: "Needs that are served in full." })
  servedNeeds: number;

  @Field(() => Int, { description: "Needs that miss units." })
  unservedNeeds: number;

  @Field({ description: "Whether the result was stored; false in a dry run." })
  stored: boolean;

  roundId: string;
}

export const RunMatchingResult = createUnionType({
  name: "RunMatchingResult",
  description: "The answer of `runMatching`.",
  types: () => [MatchingRun, RoundClosed, IdempotencyConflict] as const,
});
