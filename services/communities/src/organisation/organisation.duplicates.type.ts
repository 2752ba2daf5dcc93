import { enumType } from "@gongjian/subgraph";
import { Field, Float, ObjectType } from "type-graphql";
import type { DuplicateReason } from "./organisation.duplicates.rules";
import { Organisation } from "./organisation.type";

export const DuplicateReasonEnum = enumType<DuplicateReason>(
  "DuplicateReason",
  "Why two records may mean the same body, the surest first.",
  {
    CREDIT_CODE: "Their credit codes hold the same body's own code (characters 9 to 17, GB 32100-2015): it outlives a change of registrar.",
    NAME: "Their names are the same in one script, without the regions that they begin with and their legal forms.",
    SIMILAR_NAME: "Their names are alike.",
  },
);

@ObjectType({ description: "Two organisations that may be one." })
export class OrganisationDuplicate {
  @Field(() => Organisation, { description: "One of them; the one asked about, when one was." })
  organisation: Organisation;

  @Field(() => Organisation, { description: "The other." })
  other: Organisation;

  @Field(() => DuplicateReasonEnum, { description: "What speaks for it." })
  reason: DuplicateReason;

  @Field(() => Float, {
    description:
      "How alike the names are, 0 to 1: the mean of Dice's coefficients with and without the kind of body that they call themselves.",
  })
  likeness: number;
}
