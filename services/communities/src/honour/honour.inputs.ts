import type { HonourLevel } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { HonourLevelEnum } from "./honour.type";

@InputType({ description: "A community, an organisation or a practice: exactly one." })
export class HonourHolderInput {
  @Field(() => ID, { nullable: true, description: "The id of a community." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of an organisation." })
  organisationId?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of a practice." })
  practiceId?: string | null;

  @Field(() => String, { nullable: true, description: "The external key of a practice, as lists name it; in the place of its id." })
  practiceKey?: string | null;
}

@InputType({ description: "What an honour is." })
export class HonourRow {
  @Field(() => String, {
    nullable: true,
    description: "The external key, 1 to 100 characters; in an import it is needed, and a record with it is updated.",
  })
  key?: string | null;

  @Field({ description: "Its title, 1 to 100 characters." })
  title: string;

  @Field(() => Int, { description: "The year in which it was awarded, 1900 to this year." })
  year: number;

  @Field(() => HonourLevelEnum, { description: "At what level." })
  level: HonourLevel;

  @Field(() => HonourHolderInput, { description: "Who or what was honoured." })
  holder: HonourHolderInput;

  @Field(() => ID, { nullable: true, description: "The organisation that awarded it; either this or `awarderName`." })
  awarderId?: string | null;

  @Field(() => String, { nullable: true, description: "Who awarded it, at most 100 characters; either this or `awarderId`." })
  awarderName?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Made up to show how the platform works; no when left out." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "A new honour." })
export class CreateHonourInput extends CommandInput {
  @Field(() => HonourRow, { description: "What it is." })
  honour: HonourRow;
}

@InputType({ description: "A change to one honour. What is left out stays. Its holder stays." })
export class UpdateHonourInput extends CommandInput {
  @Field(() => ID, { description: "The honour's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "The new title, 1 to 100 characters." })
  title?: string | null;

  @Field(() => Int, { nullable: true, description: "The year in which it was awarded, 1900 to this year." })
  year?: number | null;

  @Field(() => HonourLevelEnum, { nullable: true, description: "At what level." })
  level?: HonourLevel | null;

  @Field(() => ID, { nullable: true, description: "The organisation that awarded it; it takes the place of a name." })
  awarderId?: string | null;

  @Field(() => String, { nullable: true, description: "Who awarded it, at most 100 characters; it takes the place of an organisation." })
  awarderName?: string | null;
}

@InputType({ description: "Honours to create or update, found again by external key." })
export class ImportHonoursInput extends BulkInput {
  @Field(() => [HonourRow], { description: "At most 2,000 rows." })
  rows: HonourRow[];
}

@InputType({ description: "Which honours to list. All conditions must hold." })
export class HonourFilter {
  @Field(() => Int, { nullable: true, description: "Only of this year." })
  year?: number | null;

  @Field(() => [HonourLevelEnum], { nullable: true, description: "Only of these levels." })
  levels?: HonourLevel[] | null;

  @Field(() => HonourHolderInput, { nullable: true, description: "Only of this holder." })
  holder?: HonourHolderInput | null;

  @Field(() => ID, {
    nullable: true,
    description: "Only of holders in this region, at any depth, or managed by it; of practices, their holder.",
  })
  within?: string | null;
}

@ArgsType()
export class HonoursArgs extends PageArgs {
  @Field(() => HonourFilter, { nullable: true, description: "Which honours to list, the latest first; all when left out." })
  filter?: HonourFilter | null;
}
