import type { ActivityKind, Precision } from "@gongjian/entities-communities";
import { BulkInput, DateScalar, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { PartialDateScalar } from "../appointment/partial-date";
import { PrecisionEnum } from "../population/population.type";
import { ActivityKindEnum } from "./team.type";

@ArgsType()
export class ActivitiesArgs extends PageArgs {
  @Field(() => ActivityKindEnum, { nullable: true, description: "Only this kind." })
  kind?: ActivityKind | null;
}

@InputType({ description: "Which teams to list. All conditions must hold." })
export class TeamFilter {
  @Field(() => ID, {
    nullable: true,
    description: "Only those at home in this region, at any depth, or managed by it; of a team without a home its organisation counts.",
  })
  within?: string | null;

  @Field(() => String, { nullable: true, description: "Only those that offer this, as it is written in `services`." })
  service?: string | null;

  @Field(() => ActivityKindEnum, { nullable: true, description: "Only those with such an activity on their record." })
  activity?: ActivityKind | null;

  @Field(() => Int, {
    nullable: true,
    description: "Only those that did it, or anything when `activity` is left out, so often at least, 1 to 1,000,000.",
  })
  timesAtLeast?: number | null;

  @Field(() => String, { nullable: true, description: "Only names that match: either script, pinyin or initials." })
  search?: string | null;
}

@ArgsType()
export class TeamsArgs extends PageArgs {
  @Field(() => TeamFilter, { nullable: true, description: "Which teams to list; all when left out." })
  filter?: TeamFilter | null;
}

@InputType({ description: "What one team of residents is." })
export class TeamRow {
  @Field(() => ID, { description: "The organisation, of kind RESIDENT_TEAM." })
  organisationId: string;

  @Field(() => ID, { nullable: true, description: "The community that it is at home in." })
  communityId?: string | null;

  @Field(() => Int, { nullable: true, description: "How many members, 0 to 1,000,000." })
  members?: number | null;

  @Field(() => PrecisionEnum, { nullable: true, description: "How exact that is; EXACT when left out." })
  membersPrecision?: Precision | null;

  @Field(() => [String], { nullable: true, description: "What kinds of people, at most 20 of at most 50 characters. No names." })
  composition?: string[] | null;

  @Field(() => [String], { nullable: true, description: "What it offers, at most 30 of at most 50 characters." })
  services?: string[] | null;

  @Field(() => String, { nullable: true, description: "Where it meets, at most 100 characters." })
  venue?: string | null;

  @Field(() => PartialDateScalar, { nullable: true, description: "When it was founded." })
  foundedOn?: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Teams to describe, found again by their organisation." })
export class ImportTeamsInput extends BulkInput {
  @Field(() => [TeamRow], { description: "At most 2,000 rows." })
  rows: TeamRow[];
}

@InputType({ description: "One entry of a record of activities." })
export class TeamActivityRow {
  @Field({ description: "The external key, 1 to 100 characters; an entry with it is updated." })
  key: string;

  @Field(() => ID, { description: "The team or organisation." })
  organisationId: string;

  @Field(() => ActivityKindEnum, { description: "What kind of activity." })
  kind: ActivityKind;

  @Field({ description: "What it was, 1 to 200 characters." })
  title: string;

  @Field(() => PartialDateScalar, { nullable: true, description: "When it was; left out for many counted together." })
  heldOn?: string | null;

  @Field(() => DateScalar, { description: "By which day it was counted." })
  asOf: string;

  @Field(() => Int, { nullable: true, description: "How often, 1 to 1,000,000; once when left out." })
  times?: number | null;

  @Field(() => PrecisionEnum, { nullable: true, description: "How exact that is; EXACT when left out." })
  timesPrecision?: Precision | null;

  @Field(() => Int, { nullable: true, description: "How many took part, 0 to 100,000,000." })
  participants?: number | null;

  @Field(() => PrecisionEnum, { nullable: true, description: "How exact that is; EXACT when left out." })
  participantsPrecision?: Precision | null;

  @Field(() => Int, { nullable: true, description: "How many of them were certified." })
  certified?: number | null;

  @Field(() => PrecisionEnum, { nullable: true, description: "How exact that is; EXACT when left out." })
  certifiedPrecision?: Precision | null;

  @Field(() => ID, { nullable: true, description: "The event that it was." })
  eventId?: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Activities to enter or correct, found again by external key." })
export class ImportTeamActivitiesInput extends BulkInput {
  @Field(() => [TeamActivityRow], { description: "At most 2,000 rows." })
  rows: TeamActivityRow[];
}
