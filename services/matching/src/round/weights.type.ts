import type { Criterion } from "@gongjian/assignment";
import { enumType } from "@gongjian/subgraph";
import { Field, InputType, Int, ObjectType } from "type-graphql";

export const CriterionEnum = enumType<Criterion>("Criterion", "What an offer is weighed by.", {
  CAPABILITY_FIT: "How much of what the need wants the offer can do.",
  BUDGET_FIT: "How the cost lies in the need's budget.",
  PERIOD_FIT: "How much of the need's period the offer is available.",
  PROXIMITY: "How near the region that the offer names lies to the community.",
  TRACK_RECORD: "How many cases the offer can show.",
  QUALIFICATION_SURPLUS: "Qualifications beyond the required ones.",
});

@ObjectType({ description: "How much a criterion counts in a round." })
export class CriterionWeight {
  @Field(() => CriterionEnum, { description: "The criterion." })
  criterion: Criterion;

  @Field(() => Int, { description: "Its weight, of 1,000 for all criteria together." })
  weight: number;
}

@InputType({ description: "How much a criterion counts." })
export class CriterionWeightInput {
  @Field(() => CriterionEnum, { description: "The criterion." })
  criterion: Criterion;

  @Field(() => Int, { description: "Its weight; the weights of all six criteria add up to 1,000." })
  weight: number;
}
