import type { MatchState } from "@gongjian/entities-matching";
import { IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { RoundClosed } from "../round/round.results";
import { Match, MatchStateEnum } from "./match.type";

@ObjectType({ description: "A match does not go from its state to this one." })
export class MatchStepOutOfOrder {
  readonly __typename = "MatchStepOutOfOrder" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => MatchStateEnum, { description: "Where the match stands." })
  state: MatchState;

  @Field(() => [MatchStateEnum], { description: "The states that it can go to." })
  next: MatchState[];
}

@ObjectType({ description: "The offer's capacity, or the need's quantity, is promised elsewhere already." })
export class UnitsExhausted {
  readonly __typename = "UnitsExhausted" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field({ description: "Which side has no room: `OFFER` or `NEED`." })
  side: string;

  @Field(() => Int, { description: "The units that the match would take." })
  units: number;
}

@ObjectType({ description: "The match has a project that is not completed: to complete it fulfils the match." })
export class ProjectUnfinished {
  readonly __typename = "ProjectUnfinished" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;
}

export const MoveMatchResult = createUnionType({
  name: "MoveMatchResult",
  description: "The answer of `moveMatch`.",
  types: () => [Match, MatchStepOutOfOrder, UnitsExhausted, ProjectUnfinished, RoundClosed, VersionConflict, IdempotencyConflict] as const,
});
