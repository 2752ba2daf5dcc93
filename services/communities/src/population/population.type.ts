import type { Precision } from "@gongjian/entities-communities";
import { AssumedSize, connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

export const PrecisionEnum = enumType<Precision>("Precision", "How exact a figure is.", {
  EXACT: "Counted.",
  ABOUT: "About this number.",
  OVER: "More than this number.",
});

@ObjectType({ description: "An ethnic group that lives in a community, by GB/T 3304." })
export class EthnicGroupCount {
  @Field(() => Int, { description: "The numeric code of GB/T 3304-1991, 1 to 56." })
  code: number;

  @Field({ description: "The alphabetic code of GB/T 3304-1991, two letters." })
  letters: string;

  @Field(() => HanTextScalar, { description: "The Chinese name." })
  name: string;

  @Field(() => Int, { nullable: true, description: "How many people, where it was counted and is not suppressed." })
  count: number | null;

  @Field({
    description:
      "Whether the count is left out: it is 1 to 9, and so few people could be told apart; or it would tell such a count together with the residents and the other counts, of this day or another. So it may be large, and what was left out once stays out.",
  })
  suppressed: boolean;
}

@ObjectType({ description: "What a community counted on a day (人口概况). A figure that was not counted is null, never 0." })
@Directive('@key(fields: "id")')
export class PopulationSnapshot {
  @Field(() => ID, { description: "The platform's id of the snapshot." })
  id: string;

  @Field(() => DateScalar, { description: "The day that the figures are of." })
  asOf: string;

  @Field(() => Int, { nullable: true, description: "People who live there." })
  residents: number | null;

  @Field(() => PrecisionEnum, { description: "How exact the number of residents is." })
  residentsPrecision: Precision;

  @Field(() => Int, { nullable: true, description: "Households." })
  households: number | null;

  @Field(() => Int, { nullable: true, description: "Residential compounds 小区." })
  compounds: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "How many ethnic groups live there, 1 to 56; it can be known without each being named. Null where that is not shown, see `ethnicGroupsWithheld`.",
  })
  ethnicGroupCount: number | null;

  @AssumedSize(10)
  @Field(() => [EthnicGroupCount], { description: "The ethnic groups that are named, by code." })
  ethnicGroups: EthnicGroupCount[];

  @Field({
    description:
      "Whether something is known of ethnic groups and not shown, because fewer than 100 people live there: their number would come near to the counts of the groups.",
  })
  ethnicGroupsWithheld: boolean;

  @Field(() => String, { nullable: true, description: "Where the figures come from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change." })
  version: number;

  communityId: string;
}

export const PopulationSnapshotConnection = connectionOf(PopulationSnapshot, "PopulationSnapshot");
