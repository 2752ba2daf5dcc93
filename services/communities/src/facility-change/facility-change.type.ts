import type { FacilityCategory } from "@gongjian/entities-communities";
import { connectionOf, DateScalar, HanTextScalar } from "@gongjian/subgraph";
import { Field, ID, ObjectType } from "type-graphql";
import { FacilityCategoryEnum } from "../facility/facility.type";

@ObjectType({
  description:
    "What a place was before it became what it is (沿革), from when to when. The log is never rewritten: an entry that was wrong is corrected, or withdrawn, by another.",
})
export class FacilityChange {
  @Field(() => ID, { description: "The platform's id of the entry." })
  id: string;

  @Field(() => HanTextScalar, { description: "What the place was, e.g. a bicycle shed." })
  was: string;

  @Field(() => FacilityCategoryEnum, {
    nullable: true,
    description: "What kind of place it was; null when it was none of these, or not known.",
  })
  category: FacilityCategory | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Its first day as that; null when not known: then nothing is recorded before it.",
  })
  since: string | null;

  @Field(() => DateScalar, { description: "The first day on which it was that no longer, or the first for which that is known." })
  until: string;

  @Field(() => HanTextScalar, { nullable: true, description: "What is said about the change." })
  note: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field({ description: "Whether another entry corrects this one, so that it counts no longer." })
  superseded: boolean;

  @Field({ description: "Whether this entry says that the place never was what the entry that it corrects tells." })
  withdrawn: boolean;

  @Field(() => HanTextScalar, { nullable: true, description: "With a correction: why it was made." })
  correctionReason: string | null;

  facilityId: string;
  correctsId: string | null;
}

export const FacilityChangeConnection = connectionOf(FacilityChange, "FacilityChange");
