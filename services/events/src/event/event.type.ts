import type { AttendancePrecision, EventKind, EventState } from "@gongjian/entities-events";
import { connectionOf, DateTimeScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

export const EventKindEnum = enumType<EventKind>("EventKind", "What kind of meeting an event is.", {
  FORUM: "Forum 论坛.",
  SALON: "Salon 沙龙.",
  LECTURE: "Lecture 讲堂.",
  DIALOGUE: "Dialogue between office holders and residents 对话.",
  MATCHMAKING: "Meeting where needs and offers are brought together 对接会.",
  STUDY_SEASON: "Season of study and excursions 研学季.",
  MARKET: "Market 市集.",
  TRAINING: "Training 培训.",
  CEREMONY: "Ceremony 仪式.",
  VISIT: "Visit to places and people 参访.",
  VOLUNTEERING: "Voluntary work 志愿服务.",
});

export const EventStateEnum = enumType<EventState>("EventState", "Where an event stands on its way to the public.", {
  DRAFT: "Being prepared: seen only by those who may change it.",
  PUBLISHED: "Announced to everybody.",
  CANCELLED: "Was announced and will not be held, or was not.",
});

export const AttendancePrecisionEnum = enumType<AttendancePrecision>("AttendancePrecision", "How exact a number of visitors is.", {
  EXACT: "Counted.",
  ABOUT: "About so many.",
  OVER: "More than so many.",
});

@ObjectType({ description: "One time that people meet (届/期): an edition of a series, or an event of its own." })
@Directive('@key(fields: "id")')
export class Event {
  readonly __typename?: "Event";

  @Field(() => ID, { description: "The platform's id of the event." })
  id: string;

  @Field({ description: "The external key that imports find it again by." })
  key: string;

  @Field(() => Int, { nullable: true, description: "The number of the edition in its series, from 1; null where it has none." })
  edition: number | null;

  @Field(() => HanTextScalar, { description: "The name, in the script asked for." })
  name: string;

  @Field(() => HanTextScalar, { nullable: true, description: "What it is about." })
  theme: string | null;

  @Field(() => EventKindEnum, { description: "What kind of meeting it is." })
  kind: EventKind;

  @Field(() => DateTimeScalar, { description: "When it begins." })
  startsAt: string;

  @Field(() => DateTimeScalar, { description: "When it ends; never before it begins." })
  endsAt: string;

  @Field({ description: "The IANA time zone in which its times are spoken of, e.g. `Asia/Shanghai`." })
  timeZone: string;

  @Field(() => HanTextScalar, { nullable: true, description: "Where it is held, in words." })
  place: string | null;

  @Field(() => EventStateEnum, { description: "Whether it is being prepared, announced or cancelled." })
  state: EventState;

  @Field(() => Int, { nullable: true, description: "How many people came; null where nobody counted." })
  visitors: number | null;

  @Field(() => AttendancePrecisionEnum, { description: "How exact the number of visitors is." })
  visitorsPrecision: AttendancePrecision;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change, also of its organisers; pass it as `expectedVersion`." })
  version: number;

  seriesId: string | null;
  regionCode: string | null;
  regionScopeCodes: string[];
}

export const EventConnection = connectionOf(Event, "Event");
