import type { RoundState } from "@gongjian/entities-matching";
import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { Round, RoundStateEnum } from "./round.type";

@ObjectType({ description: "A round goes one step at a time: this was not the next one." })
export class RoundStepOutOfOrder {
  readonly __typename = "RoundStepOutOfOrder" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => RoundStateEnum, { description: "Where the round stands." })
  state: RoundState;

  @Field(() => RoundStateEnum, { nullable: true, description: "The only state that it can go to; null when it is over." })
  next: RoundState | null;
}

@ObjectType({ description: "Something that has to be done before a round can go on." })
export class GuardReason {
  @Field({
    description:
      "A constant code, e.g. `NO_NEEDS`, `NO_OFFERS`, `NOT_MATCHED`, `MATCHES_UNSETTLED`, `NOTHING_SIGNED`, `MATCHES_UNFULFILLED`.",
  })
  code: string;

  @Field({ description: "What has to be done, in words." })
  message: string;
}

@ObjectType({ description: "The round cannot take this step yet." })
export class RoundGuardFailed {
  readonly __typename = "RoundGuardFailed" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => [GuardReason], { description: "What has to be done first." })
  reasons: GuardReason[];
}

@ObjectType({ description: "The round's state does not allow this any more, or not yet." })
export class RoundClosed {
  readonly __typename = "RoundClosed" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => RoundStateEnum, { description: "Where the round stands." })
  state: RoundState;

  @Field(() => [RoundStateEnum], { description: "The states in which it is allowed." })
  allowedIn: RoundState[];
}

export const roundClosed = (state: RoundState, allowedIn: readonly RoundState[]): RoundClosed => ({
  __typename: "RoundClosed",
  message: "The round's state does not allow this.",
  state,
  allowedIn: [...allowedIn],
});

export const CreateRoundResult = createUnionType({
  name: "CreateRoundResult",
  description: "The answer of `createRound`.",
  types: () => [Round, AlreadyExists, IdempotencyConflict] as const,
});
export const UpdateRoundResult = createUnionType({
  name: "UpdateRoundResult",
  description: "The answer of `updateRound`.",
  types: () => [Round, VersionConflict, IdempotencyConflict] as const,
});
export const AdvanceRoundResult = createUnionType({
  name: "AdvanceRoundResult",
  description: "The answer of `advanceRound`.",
  types: () => [Round, RoundStepOutOfOrder, RoundGuardFailed, VersionConflict, IdempotencyConflict] as const,
});
export const ImportRoundsResult = createUnionType({
  name: "ImportRoundsResult",
  description: "The answer of `importRounds`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
