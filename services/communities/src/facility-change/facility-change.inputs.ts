import type { FacilityCategory } from "@gongjian/entities-communities";
import { CommandInput, DateScalar, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { FacilityCategoryEnum } from "../facility/facility.type";

@InputType({ description: "What a facility was before it became what it is." })
export class RecordFacilityChangeInput extends CommandInput {
  @Field(() => ID, { description: "The facility." })
  facilityId: string;

  @Field({ description: "What the place was, 1 to 200 characters. Everybody reads it." })
  was: string;

  @Field(() => FacilityCategoryEnum, { nullable: true, description: "What kind of place it was, where it was one of these." })
  category?: FacilityCategory | null;

  @Field(() => DateScalar, { nullable: true, description: "Its first day as that, before `until`; left out when not known." })
  since?: string | null;

  @Field(() => DateScalar, {
    description: "The first day on which it was that no longer, or the first for which that is known; not later than today.",
  })
  until: string;

  @Field(() => String, { nullable: true, description: "What is said about the change, at most 1,000 characters. Everybody reads it." })
  note?: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from, at most 200 characters." })
  source?: string | null;
}

@InputType({ description: "What an entry should have said. What is left out stays as it was; null takes away what may be empty." })
export class CorrectFacilityChangeInput extends CommandInput {
  @Field(() => ID, { description: "The entry that was wrong. Each is corrected once; correct the correction if need be." })
  id: string;

  @Field({ description: "Why, 1 to 500 characters. Everybody reads it." })
  reason: string;

  @Field(() => Boolean, { nullable: true, description: "Whether it never was that at all; no when left out." })
  withdrawn?: boolean | null;

  @Field(() => String, { nullable: true, description: "What the place was, 1 to 200 characters." })
  was?: string | null;

  @Field(() => FacilityCategoryEnum, { nullable: true, description: "What kind of place it was." })
  category?: FacilityCategory | null;

  @Field(() => DateScalar, { nullable: true, description: "Its first day as that." })
  since?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The first day on which it was that no longer." })
  until?: string | null;

  @Field(() => String, { nullable: true, description: "What is said about the change, at most 1,000 characters." })
  note?: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from, at most 200 characters." })
  source?: string | null;
}

@ArgsType()
export class FacilityChangesArgs extends PageArgs {
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether to list the whole log, also what was corrected or withdrawn; no when left out.",
  })
  wholeLog?: boolean | null;
}
