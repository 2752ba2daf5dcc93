import { AlreadyExists, IdempotencyConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { FacilityChange } from "./facility-change.type";

@ObjectType({ description: "The place is on record as something else in that time. Nothing was done." })
export class FacilityChangesOverlap {
  readonly __typename = "FacilityChangesOverlap" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => FacilityChange, {
    nullable: true,
    description: "The earliest entry that it overlaps; null when that was corrected meanwhile.",
  })
  change: FacilityChange | null;
}

export const changesOverlap = (change: FacilityChange | null): FacilityChangesOverlap => ({
  __typename: "FacilityChangesOverlap",
  message: "The place is on record as something else in that time.",
  change,
});

export const RecordFacilityChangeResult = createUnionType({
  name: "RecordFacilityChangeResult",
  description: "The answer of `recordFacilityChange`.",
  types: () => [FacilityChange, FacilityChangesOverlap, IdempotencyConflict] as const,
});

export const CorrectFacilityChangeResult = createUnionType({
  name: "CorrectFacilityChangeResult",
  description: "The answer of `correctFacilityChange`; `AlreadyExists` when the entry was corrected before.",
  types: () => [FacilityChange, FacilityChangesOverlap, AlreadyExists, IdempotencyConflict] as const,
});
