import type { AttendancePrecision, EventKind } from "@gongjian/entities-events";
import { CommandInput, DateTimeScalar, enumType, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { AttendancePrecisionEnum, EventKindEnum } from "./event.type";

@InputType({ description: "Which events to list. All conditions hold together." })
export class EventFilter {
  @Field(() => EventKindEnum, { nullable: true, description: "Only this kind." })
  kind?: EventKind | null;

  @Field(() => ID, { nullable: true, description: "Only events of this series." })
  seriesId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only events that lie in exactly this region." })
  regionCode?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Only events that end at this instant or later." })
  from?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Only events that begin at this instant or earlier; not before `from`." })
  to?: string | null;

  @Field(() => ID, { nullable: true, description: "Only events that this community organises or takes part in." })
  partyCommunityId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only events that this organisation organises or takes part in." })
  partyOrganisationId?: string | null;

  @Field(() => String, { nullable: true, description: "Only names and themes that match: either script, pinyin or initials." })
  search?: string | null;
}

export type EventOrder = "STARTS_AT_ASC" | "STARTS_AT_DESC";
export const EventOrderEnum = enumType<EventOrder>("EventOrder", "How to order events.", {
  STARTS_AT_ASC: "By their beginning, earliest first.",
  STARTS_AT_DESC: "By their beginning, latest first.",
});

@ArgsType()
export class OrderedEventsArgs extends PageArgs {
  @Field(() => EventOrderEnum, { nullable: true, description: "The order; latest first when left out." })
  orderBy?: EventOrder | null;
}

@ArgsType()
export class EventsArgs extends OrderedEventsArgs {
  @Field(() => EventFilter, { nullable: true, description: "Which events to list; all that you may see when left out." })
  filter?: EventFilter | null;
}

@InputType({ description: "A new event. It is a draft until it is published." })
export class CreateEventInput extends CommandInput {
  @Field(() => String, { nullable: true, description: "The external key, 1 to 100 characters, unique; one is made when left out." })
  key?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of the series that it is an edition of." })
  seriesId?: string | null;

  @Field(() => Int, { nullable: true, description: "The number of the edition, 1 to 10,000, unique in the series; only with a series." })
  edition?: number | null;

  @Field({ description: "The name, 1 to 200 characters." })
  name: string;

  @Field(() => String, { nullable: true, description: "What it is about; at most 500 characters." })
  theme?: string | null;

  @Field(() => EventKindEnum, { description: "What kind of meeting it is." })
  kind: EventKind;

  @Field(() => DateTimeScalar, { description: "When it begins." })
  startsAt: string;

  @Field(() => DateTimeScalar, { description: "When it ends; not before it begins." })
  endsAt: string;

  @Field({ description: "The IANA time zone in which its times are spoken of, e.g. `Asia/Shanghai`." })
  timeZone: string;

  @Field(() => String, { nullable: true, description: "Where it is held; at most 200 characters." })
  place?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The code of the region it lies in, whose officers look after it; without one, only administrators do.",
  })
  regionCode?: string | null;

  @Field(() => Int, { nullable: true, description: "How many people came, 0 to 10,000,000." })
  visitors?: number | null;

  @Field(() => AttendancePrecisionEnum, { nullable: true, description: "How exact the number of visitors is; EXACT when left out." })
  visitorsPrecision?: AttendancePrecision | null;
}

@InputType({ description: "A change to one event. What is left out stays; null empties what may be empty." })
export class UpdateEventInput extends CommandInput {
  @Field(() => ID, { description: "The event's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => ID, { nullable: true, description: "The id of the series that it is an edition of." })
  seriesId?: string | null;

  @Field(() => Int, { nullable: true, description: "The number of the edition, 1 to 10,000, unique in the series." })
  edition?: number | null;

  @Field(() => String, { nullable: true, description: "The new name, 1 to 200 characters." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "What it is about; at most 500 characters." })
  theme?: string | null;

  @Field(() => EventKindEnum, { nullable: true, description: "What kind of meeting it is." })
  kind?: EventKind | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it begins; its timed sessions must still fit." })
  startsAt?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ends; its timed sessions must still fit." })
  endsAt?: string | null;

  @Field(() => String, { nullable: true, description: "The IANA time zone in which its times are spoken of." })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "Where it is held; at most 200 characters." })
  place?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The code of the region it lies in; only those who look after both regions may move it.",
  })
  regionCode?: string | null;

  @Field(() => Int, { nullable: true, description: "How many people came, 0 to 10,000,000." })
  visitors?: number | null;

  @Field(() => AttendancePrecisionEnum, { nullable: true, description: "How exact the number of visitors is." })
  visitorsPrecision?: AttendancePrecision | null;
}

@InputType({ description: "An event to publish or to cancel." })
export class ChangeEventStateInput extends CommandInput {
  @Field(() => ID, { description: "The event's id." })
  id: string;

  @Field(() => Int, { description: "The version that the decision was made against." })
  expectedVersion: number;
}
