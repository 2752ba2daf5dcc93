import type { PracticeKind } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { PracticeKindEnum } from "./practice.type";

@InputType({ description: "A region, a community or an organisation that holds a practice: exactly one." })
export class PracticeHolderInput {
  @Field(() => ID, { nullable: true, description: "The code of a region." })
  regionCode?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of a community." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of an organisation." })
  organisationId?: string | null;
}

@InputType({ description: "A labelled part of a practice." })
export class PracticePartInput {
  @Field({ description: "What it is called, 1 to 50 characters." })
  label: string;

  @Field(() => Int, { nullable: true, description: "The number in it, 1 to 999; where items are listed, as many as these." })
  count?: number | null;

  @Field(() => [PracticePartInput], { nullable: true, description: "What it is made of, in order. Parts lie at most three deep." })
  items?: PracticePartInput[] | null;
}

@InputType({ description: "What a practice is." })
export class PracticeRow {
  @Field(() => String, {
    nullable: true,
    description: "The external key, 1 to 100 characters; in an import it is needed, and a record with it is updated.",
  })
  key?: string | null;

  @Field({ description: "Its name, 1 to 100 characters, once with its holder." })
  name: string;

  @Field(() => PracticeKindEnum, { description: "What kind of way of working it is." })
  kind: PracticeKind;

  @Field(() => PracticeHolderInput, { description: "Who holds it." })
  holder: PracticeHolderInput;

  @Field(() => String, { nullable: true, description: "What it is about, at most 2,000 characters." })
  summary?: string | null;

  @Field(() => [PracticePartInput], { nullable: true, description: "Its labelled parts, in order; at most 60 at all depths together." })
  parts?: PracticePartInput[] | null;

  @Field(() => [ID], { nullable: true, description: "The events at which it was presented, at most 50." })
  eventIds?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "Made up to show how the platform works; no when left out." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "A new practice." })
export class CreatePracticeInput extends CommandInput {
  @Field(() => PracticeRow, { description: "What it is." })
  practice: PracticeRow;
}

@InputType({ description: "A change to one practice. What is left out stays; null empties what may be empty. Its holder stays." })
export class UpdatePracticeInput extends CommandInput {
  @Field(() => ID, { description: "The practice's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "The new name, 1 to 100 characters." })
  name?: string | null;

  @Field(() => PracticeKindEnum, { nullable: true, description: "What kind of way of working it is." })
  kind?: PracticeKind | null;

  @Field(() => String, { nullable: true, description: "What it is about, at most 2,000 characters." })
  summary?: string | null;

  @Field(() => [PracticePartInput], { nullable: true, description: "All its parts from now on." })
  parts?: PracticePartInput[] | null;

  @Field(() => [ID], { nullable: true, description: "All events at which it was presented, from now on." })
  eventIds?: string[] | null;
}

@InputType({ description: "Practices to create or update, found again by external key." })
export class ImportPracticesInput extends BulkInput {
  @Field(() => [PracticeRow], { description: "At most 2,000 rows." })
  rows: PracticeRow[];
}

@InputType({ description: "Which practices to list. All conditions must hold." })
export class PracticeFilter {
  @Field(() => [PracticeKindEnum], { nullable: true, description: "Only these kinds." })
  kinds?: PracticeKind[] | null;

  @Field(() => ID, { nullable: true, description: "Only held by this region or by whoever lies in it, at any depth, or is managed by it." })
  within?: string | null;

  @Field(() => ID, { nullable: true, description: "Only presented at this event." })
  eventId?: string | null;

  @Field(() => String, { nullable: true, description: "Only those whose name or parts match: either script, pinyin or initials." })
  search?: string | null;
}

@ArgsType()
export class PracticesArgs extends PageArgs {
  @Field(() => PracticeFilter, { nullable: true, description: "Which practices to list, by name; all when left out." })
  filter?: PracticeFilter | null;
}
