import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { PracticeAdoption } from "./practice-adoption.type";

@ObjectType({ description: "The adoption is over already." })
export class AdoptionAlreadyWithdrawn {
  readonly __typename = "AdoptionAlreadyWithdrawn" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;
}
export const adoptionAlreadyWithdrawn = (): AdoptionAlreadyWithdrawn => ({
  __typename: "AdoptionAlreadyWithdrawn",
  message: "The adoption is over already.",
});

export const AdoptPracticeResult = createUnionType({
  name: "AdoptPracticeResult",
  description: "The answer of `adoptPractice`. AlreadyExists: the adopter works by this practice already.",
  types: () => [PracticeAdoption, AlreadyExists, IdempotencyConflict] as const,
});

export const WithdrawPracticeAdoptionResult = createUnionType({
  name: "WithdrawPracticeAdoptionResult",
  description: "The answer of `withdrawPracticeAdoption`.",
  types: () => [PracticeAdoption, AdoptionAlreadyWithdrawn, VersionConflict, IdempotencyConflict] as const,
});

export const ImportPracticeAdoptionsResult = createUnionType({
  name: "ImportPracticeAdoptionsResult",
  description: "The answer of `importPracticeAdoptions`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
