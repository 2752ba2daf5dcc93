import type { ActivityKind, Precision } from "@gongjian/entities-communities";
import { connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { PrecisionEnum } from "../population/population.type";

export const ActivityKindEnum = enumType<ActivityKind>("ActivityKind", "What kind of activity a team's record speaks of.", {
  SHOW: "Show or performance 演出.",
  COURSE: "Course or lecture 课堂.",
  TRAINING: "Training over some time 培训.",
  SERVICE: "Service to neighbours 服务.",
  EXHIBITION: "Exhibition 展览.",
  GUIDED_TOUR: "Guided tour 讲解.",
  OTHER: "Anything else.",
});

@ObjectType({
  description:
    "What a team of residents (居民队伍) is beside being an organisation. Who its members are is not told: only how many, and what kinds of people.",
})
@Directive('@key(fields: "id")')
export class Team {
  @Field(() => ID, { description: "The platform's id of the team, which is that of its organisation." })
  id: string;

  @Field(() => Int, { nullable: true, description: "How many members it has; null when not counted." })
  members: number | null;

  @Field(() => PrecisionEnum, { description: "How exact that is." })
  membersPrecision: Precision;

  @Field(() => [HanTextScalar], { description: "What kinds of people it has, e.g. retired teachers." })
  composition: string[];

  @Field(() => [HanTextScalar], { description: "What it offers to others." })
  services: string[];

  @Field(() => HanTextScalar, { nullable: true, description: "Where it meets." })
  venue: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change." })
  version: number;

  organisationId: string;
  communityId: string | null;
  foundedFirst: string | null;
  foundedLast: string | null;
}

export const TeamConnection = connectionOf(Team, "Team");

@ObjectType({
  description: "A show, course or other activity on the record of a team or organisation, or many that a source counts together.",
})
export class TeamActivity {
  @Field(() => ID, { description: "The platform's id of the entry." })
  id: string;

  @Field(() => ActivityKindEnum, { description: "What kind of activity." })
  kind: ActivityKind;

  @Field(() => HanTextScalar, { description: "What it was." })
  title: string;

  @Field(() => DateScalar, { description: "By which day it was counted." })
  asOf: string;

  @Field(() => Int, { description: "How often it was held." })
  times: number;

  @Field(() => PrecisionEnum, { description: "How exact `times` is." })
  timesPrecision: Precision;

  @Field(() => Int, { nullable: true, description: "How many took part, came or were taught, over all times; null when not counted." })
  participants: number | null;

  @Field(() => PrecisionEnum, { description: "How exact `participants` is." })
  participantsPrecision: Precision;

  @Field(() => Int, { nullable: true, description: "How many of them were certified; null when not counted." })
  certified: number | null;

  @Field(() => PrecisionEnum, { description: "How exact `certified` is." })
  certifiedPrecision: Precision;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  key: string | null;
  organisationId: string;
  eventId: string | null;
  heldFirst: string | null;
  heldLast: string | null;
}

export const TeamActivityConnection = connectionOf(TeamActivity, "TeamActivity");

@ObjectType({
  description:
    "What a record of activities comes to, kind by kind. Sums of figures of which one is a lower bound are lower bounds themselves.",
})
export class ActivityTotals {
  @Field(() => ActivityKindEnum, { description: "Which kind of activity." })
  kind: ActivityKind;

  @Field(() => Int, { description: "How often, over all entries." })
  times: number;

  @Field({ description: "Whether it was more often than that: an entry says `OVER`." })
  orMore: boolean;

  @Field(() => Int, { nullable: true, description: "How many took part, over the entries that count them; null when none does." })
  participants: number | null;

  @Field(() => Int, { nullable: true, description: "How many were certified, over the entries that count them; null when none does." })
  certified: number | null;
}
