import { AlreadyExists, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { Erasure, IdNumberVerification, PersonalRecord } from "./personal.type";

@ObjectType({
  description:
    "As many different ID numbers as are told about in a day were given, by this person or for this record. Nothing was done, and nothing is told of this one.",
})
export class TooManyIdNumbers {
  readonly __typename = "TooManyIdNumbers" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => Int, { description: "How many different numbers a day (in China's time) there may be." })
  perDay: number;
}

export const tooManyIdNumbers = (perDay: number): TooManyIdNumbers => ({
  __typename: "TooManyIdNumbers",
  message: "Too many different ID numbers were given today. Try again tomorrow.",
  perDay,
});

export const SavePersonalRecordResult = createUnionType({
  name: "SavePersonalRecordResult",
  description: "The answer of `savePersonalRecord`. `AlreadyExists`: somebody else's record has this ID number.",
  types: () => [PersonalRecord, VersionConflict, AlreadyExists, TooManyIdNumbers, IdempotencyConflict] as const,
});

export const VerifyIdNumberResult = createUnionType({
  name: "VerifyIdNumberResult",
  description: "The answer of `verifyIdNumber`.",
  types: () => [IdNumberVerification, TooManyIdNumbers, IdempotencyConflict] as const,
});

export const ErasePersonalDataResult = createUnionType({
  name: "ErasePersonalDataResult",
  description: "The answer of `erasePersonalData`.",
  types: () => [Erasure, IdempotencyConflict] as const,
});
