import type { FacilityCategory, FacilityState } from "@gongjian/entities-communities";
import { BulkInput, DateScalar } from "@gongjian/subgraph";
import { Field, Float, ID, InputType, Int } from "type-graphql";
import { FacilityCategoryEnum, FacilityStateEnum } from "./facility.type";

@InputType({ description: "One facility. What is left out is emptied." })
export class FacilityRow {
  @Field({ description: "The external key, 1 to 100 characters; a facility with it is updated." })
  key: string;

  @Field({ description: "Its name, 1 to 100 characters." })
  name: string;

  @Field(() => FacilityCategoryEnum, { description: "What kind of place." })
  category: FacilityCategory;

  @Field(() => FacilityStateEnum, { description: "How far it is." })
  state: FacilityState;

  @Field(() => ID, { description: "The community that it lies in." })
  communityId: string;

  @Field(() => ID, { nullable: true, description: "The organisation that runs it." })
  operatorId?: string | null;

  @Field(() => Float, { nullable: true, description: "Degrees east; together with the latitude." })
  longitude?: number | null;

  @Field(() => Float, { nullable: true, description: "Degrees north; together with the longitude." })
  latitude?: number | null;

  @Field(() => String, { nullable: true, description: "At most 200 characters." })
  address?: string | null;

  @Field(() => Int, { nullable: true, description: "How many people it holds, 1 to 1,000,000." })
  capacity?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it is a shared space; not when left out." })
  shared?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it wants an operator: only a shared space without one." })
  wantsOperator?: boolean | null;

  @Field(() => String, { nullable: true, description: "What the place was before, at most 200 characters." })
  formerly?: string | null;

  @Field(() => [String], { nullable: true, description: "What is exhibited, at most 20 of at most 100 characters." })
  exhibitions?: string[] | null;

  @Field(() => DateScalar, { description: "By which day its state is known." })
  asOf: string;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Facilities to enter or correct, found again by external key." })
export class ImportFacilitiesInput extends BulkInput {
  @Field(() => [FacilityRow], { description: "At most 2,000 rows." })
  rows: FacilityRow[];
}
