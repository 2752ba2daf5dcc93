import type { MatchState } from "@gongjian/entities-matching";
import { CommandInput, enumType, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { MatchStateEnum } from "./match.type";

@InputType({ description: "Which matches to list." })
export class MatchFilter {
  @Field(() => [MatchStateEnum], { nullable: true, description: "Only these states." })
  states?: MatchState[] | null;

  @Field(() => ID, { nullable: true, description: "Only matches of this need." })
  needId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only matches of this offer." })
  offerId?: string | null;

  @Field(() => Int, { nullable: true, description: "Only scores of at least this, 0 to 1,000,000." })
  leastScore?: number | null;
}

export type MatchOrder = "SCORE_DESC" | "SCORE_ASC";
export const MatchOrderEnum = enumType<MatchOrder>("MatchOrder", "How to order matches.", {
  SCORE_DESC: "Best first.",
  SCORE_ASC: "Weakest first.",
});

@ArgsType()
export class MatchesArgs extends PageArgs {
  @Field(() => MatchFilter, { nullable: true, description: "Which matches to list; all that you may see when left out." })
  filter?: MatchFilter | null;

  @Field(() => MatchOrderEnum, { nullable: true, description: "The order; best first when left out." })
  orderBy?: MatchOrder | null;
}

@InputType({ description: "A step of a match." })
export class MoveMatchInput extends CommandInput {
  @Field(() => ID, { description: "The match's id." })
  id: string;

  @Field(() => MatchStateEnum, { description: "The state to go to." })
  to: MatchState;

  @Field(() => Int, { description: "The version that the step was decided against." })
  expectedVersion: number;
}
