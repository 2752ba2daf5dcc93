import type { RoundState } from "@gongjian/entities-matching";
import { BulkInput, CommandInput, enumType, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { RoundStateEnum } from "./round.type";
import { CriterionWeightInput } from "./weights.type";

@InputType({ description: "Which rounds to list." })
export class RoundFilter {
  @Field(() => ID, { nullable: true, description: "Only rounds of this region, of one below it or managed by it." })
  within?: string | null;

  @Field(() => Int, { nullable: true, description: "Only this year." })
  year?: number | null;

  @Field(() => RoundStateEnum, { nullable: true, description: "Only this state." })
  state?: RoundState | null;
}

export type RoundOrder = "YEAR_DESC" | "YEAR_ASC";
export const RoundOrderEnum = enumType<RoundOrder>("RoundOrder", "How to order rounds.", {
  YEAR_DESC: "Latest year first.",
  YEAR_ASC: "Earliest year first.",
});

@ArgsType()
export class RoundsArgs extends PageArgs {
  @Field(() => RoundFilter, { nullable: true, description: "Which rounds to list; all that you may see when left out." })
  filter?: RoundFilter | null;

  @Field(() => RoundOrderEnum, { nullable: true, description: "The order; latest year first when left out." })
  orderBy?: RoundOrder | null;
}

@InputType({ description: "A new round. It begins as a draft." })
export class CreateRoundInput extends CommandInput {
  @Field(() => String, { nullable: true, description: "An external key, 1 to 100 characters, unique." })
  key?: string | null;

  @Field(() => ID, { description: "The code of the region whose list it is." })
  regionCode: string;

  @Field(() => Int, { description: "The year, 1949 to 2200." })
  year: number;

  @Field({ description: "The title, 1 to 200 characters." })
  title: string;

  @Field(() => ID, { nullable: true, description: "The event at which the two sides meet." })
  eventId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Communities from outside the region that are invited to enter needs; at most 100.",
  })
  guestCommunityIds?: string[] | null;

  @Field(() => [CriterionWeightInput], {
    nullable: true,
    description: "How much each of the six criteria counts; the platform's weights when left out.",
  })
  weights?: CriterionWeightInput[] | null;
}

@InputType({ description: "A change to a round. What is left out stays." })
export class UpdateRoundInput extends CommandInput {
  @Field(() => ID, { description: "The round's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "The new title, 1 to 200 characters." })
  title?: string | null;

  @Field(() => ID, { nullable: true, description: "The event at which the two sides meet; null takes it away." })
  eventId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      "Communities from outside the region that are invited to enter needs; at most 100. The list as a whole; null empties it. Needs that were entered stay.",
  })
  guestCommunityIds?: string[] | null;

  @Field(() => [CriterionWeightInput], {
    nullable: true,
    description:
      "How much each of the six criteria counts; null goes back to the platform's weights. The next run of the matching uses them.",
  })
  weights?: CriterionWeightInput[] | null;
}

@InputType({ description: "A step of a round." })
export class AdvanceRoundInput extends CommandInput {
  @Field(() => ID, { description: "The round's id." })
  id: string;

  @Field(() => RoundStateEnum, { description: "The state to go to: the one after the present one." })
  to: RoundState;

  @Field(() => Int, { description: "The version that the step was decided against." })
  expectedVersion: number;
}

@InputType({ description: "One round of a bulk import. It begins as a draft." })
export class RoundRow {
  @Field({ description: "The external key; a record with it is updated." })
  key: string;

  @Field(() => ID, { description: "The code of the region whose list it is." })
  regionCode: string;

  @Field(() => Int, { description: "The year, 1949 to 2200." })
  year: number;

  @Field({ description: "The title, 1 to 200 characters." })
  title: string;

  @Field(() => ID, { nullable: true, description: "The event at which the two sides meet." })
  eventId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      "Communities from outside the region that are invited to enter needs; at most 100. Those that there are stay when it is left out.",
  })
  guestCommunityIds?: string[] | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Rounds to create or update, found again by external key." })
export class ImportRoundsInput extends BulkInput {
  @Field(() => [RoundRow], { description: "At most 2,000 rows." })
  rows: RoundRow[];
}
