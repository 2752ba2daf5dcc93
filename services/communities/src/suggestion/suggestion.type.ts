import type {
  ServiceField,
  SuggestionAction,
  SuggestionChannel,
  SuggestionDecision,
  SuggestionState,
  SuggestionUrgency,
} from "@gongjian/entities-communities";
import { connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { createUnionType, Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Community } from "../community/community.type";
import { Organisation } from "../organisation/organisation.type";
import { Region } from "../region/region.type";

export const ServiceFieldEnum = enumType<ServiceField>("ServiceField", "A field of public service 公共服务领域.", {
  HEALTH: "Health and medical care 医疗卫生.",
  EDUCATION: "Education 教育.",
  SAFETY: "Safety and order 平安.",
  TRANSPORT: "Transport and parking 交通.",
  HOUSING: "Housing, estates and their maintenance 住房与小区.",
  CULTURE: "Culture and sport 文化体育.",
  EMPLOYMENT: "Work and income 就业.",
  ENVIRONMENT: "Environment and green space 环境绿化.",
  ELDERLY_CARE: "Care for the elderly 养老.",
  CHILD_CARE: "Care for children 育幼.",
  BUSINESS: "Shops, enterprises and the rural economy 营商与产业.",
  GOVERNANCE: "How the neighbourhood is governed 治理.",
  OTHER: "Anything else.",
});

export const SuggestionStateEnum = enumType<SuggestionState>("SuggestionState", "Where a suggestion stands.", {
  RAISED: "Raised; nobody has to answer it yet. Due: triage.",
  ASSIGNED: "Somebody has to answer it. Due: the answer.",
  ANSWERED: "Answered with a promise. Due: what was promised.",
  DONE: "Done or explained. What is left is the verdict of whoever raised it.",
  ACCEPTED: "Accepted and rated by whoever raised it.",
  MERGED: "The same as another suggestion, which carries it on.",
  WITHDRAWN: "Taken back by whoever raised it.",
});

export const SuggestionChannelEnum = enumType<SuggestionChannel>("SuggestionChannel", "By which way a suggestion came.", {
  DIALOGUE: "At a dialogue event 对话.",
  SURVEY: "In a survey 调查.",
  ONLINE: "Online.",
  CLOUD_PROPOSAL: "As a proposal to the community's online council 云提案.",
  VISIT: "At a visit, on either side 走访.",
  HOTLINE: "By telephone 热线.",
  MEETING: "At a residents' meeting 议事会.",
});

export const SuggestionUrgencyEnum = enumType<SuggestionUrgency>("SuggestionUrgency", "How soon a suggestion is to be answered.", {
  URGENT: "Within 1 working day.",
  NORMAL: "Within 7 working days.",
  COMPLEX: "Within 15 working days.",
});

export const SuggestionDecisionEnum = enumType<SuggestionDecision>("SuggestionDecision", "What an answer decides.", {
  WILL_DO: "It will be done, by the day promised.",
  EXPLAINED: "It is explained: done already, not possible, or no question of doing.",
});

export const SuggestionActionEnum = enumType<SuggestionAction>("SuggestionAction", "A step of a suggestion's way.", {
  RAISE: "Raised.",
  ASSIGN: "Passed to whoever has to answer.",
  ESCALATE: "Passed to the region above.",
  ANSWER: "Answered.",
  COMPLETE: "Reported as done.",
  ACCEPT: "Accepted and rated by whoever raised it.",
  REOPEN: "Sent back by whoever raised it.",
  MERGE: "Merged into another.",
  WITHDRAW: "Taken back.",
  PUBLISH: "Made public.",
  HIDE: "Taken from the public.",
  SEPARATE: "A merge undone: raised again, on its own.",
  RECKON: "Its term moved, because the calendar of official days did.",
});

export const SuggestionParty = createUnionType({
  name: "SuggestionParty",
  description: "Who raised a suggestion in its own name, or has to answer it.",
  types: () => [Region, Community, Organisation] as const,
});

@ObjectType({
  description: "A suggestion 建议: a voice, from the day it is raised to the verdict of whoever raised it. None can be deleted.",
})
@Directive('@key(fields: "id")')
export class Suggestion {
  @Field(() => ID, { description: "The platform's id." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => HanTextScalar, { description: "What it is about, in a line." })
  title: string;

  @Field(() => HanTextScalar, { description: "What is suggested." })
  body: string;

  @Field(() => ServiceFieldEnum, { description: "The field of public service that it belongs to." })
  topic: ServiceField;

  @Field(() => SuggestionChannelEnum, { description: "By which way it came." })
  channel: SuggestionChannel;

  @Field(() => SuggestionUrgencyEnum, { description: "How soon it is to be answered." })
  urgency: SuggestionUrgency;

  @Field(() => SuggestionStateEnum, { description: "Where it stands." })
  state: SuggestionState;

  @Field({ description: "Whether everybody may read it. Who raised it as a person is never shown." })
  published: boolean;

  @Field(() => DateScalar, { description: "The day on which it was raised, in the offices' zone." })
  raisedOn: string;

  @Field(() => DateScalar, { nullable: true, description: "By when the next step is due; null when none is." })
  dueOn: string | null;

  @Field({ description: "Whether the next step is late today." })
  overdue: boolean;

  @Field(() => DateScalar, { description: "By when the first answer was or is due." })
  answerDueOn: string;

  @Field(() => SuggestionDecisionEnum, { nullable: true, description: "What the last answer decided." })
  decision: SuggestionDecision | null;

  @Field(() => HanTextScalar, { nullable: true, description: "The last answer." })
  answer: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day of the first answer." })
  firstAnsweredOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day of the last answer." })
  answeredOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "What was done." })
  outcome: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was reported done, or explained." })
  doneOn: string | null;

  @Field(() => Int, { nullable: true, description: "The verdict of whoever raised it, 1 (not content) to 5." })
  rating: number | null;

  @Field(() => HanTextScalar, { nullable: true, description: "What they said with it." })
  ratingComment: string | null;

  @Field(() => Int, { description: "How often it was sent back." })
  reopened: number;

  @Field({ description: "Whether it is made up, or its way is, to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every step; pass it as `expectedVersion`." })
  version: number;

  regionCode: string;
  communityId: string | null;
  eventId: string | null;
  surveyPeriodId: string | null;
  raiserCommunityId: string | null;
  raiserOrganisationId: string | null;
  raisedByIssuer: string | null;
  raisedBySubject: string;
  assigneeRegionCode: string | null;
  assigneeCommunityId: string | null;
  assigneeOrganisationId: string | null;
  mergedInto: string | null;
}

export const SuggestionConnection = connectionOf(Suggestion, "Suggestion");

@ObjectType({ description: "One step of a suggestion's way." })
export class SuggestionStep {
  @Field(() => Int, { description: "Its number, from 1." })
  number: number;

  @Field(() => SuggestionActionEnum, { description: "What was done." })
  action: SuggestionAction;

  @Field(() => SuggestionStateEnum, { description: "Where the suggestion stood after it." })
  state: SuggestionState;

  @Field(() => DateScalar, { description: "The day." })
  onDate: string;

  @Field({ description: "The role used." })
  role: string;

  @Field(() => DateScalar, { nullable: true, description: "By when the next step was due after it." })
  dueOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "What was said with it." })
  note: string | null;

  suggestionId: string;
  assigneeRegionCode: string | null;
  assigneeCommunityId: string | null;
  assigneeOrganisationId: string | null;
}

export const SuggestionStepConnection = connectionOf(SuggestionStep, "SuggestionStep");

@ObjectType({
  description:
    "What became of a suggestion that was merged, through the one that carries it on: what was answered and done, not who said what.",
})
export class SuggestionFate {
  @Field(() => ID, {
    description: "The id of the one that carries it on: with `reopenSuggestion` whoever raised the merged one sends it back too.",
  })
  suggestionId: string;

  @Field(() => Int, { description: "Its version, to be passed as `expectedVersion`." })
  version: number;

  @Field(() => SuggestionStateEnum, { description: "Where the one that carries it on stands." })
  state: SuggestionState;

  @Field(() => SuggestionDecisionEnum, { nullable: true, description: "What the last answer decided." })
  decision: SuggestionDecision | null;

  @Field(() => HanTextScalar, { nullable: true, description: "The last answer." })
  answer: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day of the last answer." })
  answeredOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: "By when the next step is due; null when nothing is." })
  dueOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "What was done in the end." })
  outcome: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was done." })
  doneOn: string | null;
}

@ObjectType({ description: "A suggestion and how alike it is to the one asked about." })
export class SimilarSuggestion {
  @Field(() => Suggestion, { description: "The suggestion." })
  suggestion: Suggestion;

  @Field(() => Float, {
    description:
      "0 to 1: twice the pairs of characters that both texts share over those that they have (Dice's coefficient), in one script.",
  })
  likeness: number;
}
