import { BulkInput, CommandInput, PageArgs, enumType } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";

@InputType({ description: "Which event series to list." })
export class EventSeriesFilter {
  @Field(() => ID, { nullable: true, description: "Only series of exactly this region." })
  regionCode?: string | null;

  @Field(() => String, { nullable: true, description: "Only names that match: either script, pinyin or initials." })
  search?: string | null;
}

export type EventSeriesOrder = "NAME_ASC" | "NAME_DESC";
export const EventSeriesOrderEnum = enumType<EventSeriesOrder>("EventSeriesOrder", "How to order event series.", {
  NAME_ASC: "By name.",
  NAME_DESC: "By name, backwards.",
});

@ArgsType()
export class EventSeriesListArgs extends PageArgs {
  @Field(() => EventSeriesFilter, { nullable: true, description: "Which series to list; all when left out." })
  filter?: EventSeriesFilter | null;

  @Field(() => EventSeriesOrderEnum, { nullable: true, description: "The order; by name when left out." })
  orderBy?: EventSeriesOrder | null;
}

@InputType({ description: "A new event series." })
export class CreateEventSeriesInput extends CommandInput {
  @Field(() => String, { nullable: true, description: "The external key, 1 to 100 characters, unique; one is made when left out." })
  key?: string | null;

  @Field({ description: "The name, 1 to 200 characters." })
  name: string;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The code of the region whose officers look after it; without one, only administrators do.",
  })
  regionCode?: string | null;
}

@InputType({ description: "A change to one event series. What is left out stays; null empties what may be empty." })
export class UpdateEventSeriesInput extends CommandInput {
  @Field(() => ID, { description: "The series' id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "The new name, 1 to 200 characters." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: "The code of the region whose officers look after it." })
  regionCode?: string | null;
}

@InputType({ description: "One event series of a bulk import." })
export class EventSeriesRow {
  @Field({ description: "The external key; a record with it is updated." })
  key: string;

  @Field({ description: "The name, 1 to 200 characters." })
  name: string;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: "The code of the region whose officers look after it." })
  regionCode?: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Event series to create or update, found again by key." })
export class ImportEventSeriesInput extends BulkInput {
  @Field(() => [EventSeriesRow], { description: "At most 2,000 rows." })
  rows: EventSeriesRow[];
}
