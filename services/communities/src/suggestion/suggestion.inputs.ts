import type {
  ServiceField,
  SuggestionChannel,
  SuggestionDecision,
  SuggestionState,
  SuggestionUrgency,
} from "@gongjian/entities-communities";
import { CommandInput, DateScalar, enumType, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import {
  ServiceFieldEnum,
  SuggestionChannelEnum,
  SuggestionDecisionEnum,
  SuggestionStateEnum,
  SuggestionUrgencyEnum,
} from "./suggestion.type";

@InputType({ description: "Who has to answer: exactly one of a region's office, a community and an organisation." })
export class AssigneeInput {
  @Field(() => ID, { nullable: true, description: "The code of the region whose office answers." })
  regionCode?: string | null;

  @Field(() => ID, { nullable: true, description: "The community that answers." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The organisation that answers, e.g. a government body or an estate manager." })
  organisationId?: string | null;
}

@InputType({ description: "Which suggestions to list." })
export class SuggestionFilter {
  @Field(() => ID, { nullable: true, description: "Only about this region or a place in it, at any depth, or managed by it." })
  within?: string | null;

  @Field(() => ID, { nullable: true, description: "Only about this community." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only raised at this event." })
  eventId?: string | null;

  @Field(() => AssigneeInput, { nullable: true, description: "Only what this office, community or organisation has to answer, or did." })
  assignee?: AssigneeInput | null;

  @Field(() => [SuggestionStateEnum], { nullable: true, description: "Only in one of these states." })
  states?: SuggestionState[] | null;

  @Field(() => ServiceFieldEnum, { nullable: true, description: "Only in this field of public service." })
  topic?: ServiceField | null;

  @Field(() => SuggestionChannelEnum, { nullable: true, description: "Only by this way." })
  channel?: SuggestionChannel | null;

  @Field(() => Boolean, { nullable: true, description: "True: only those whose next step is late; false: only the others." })
  overdue?: boolean | null;

  @Field(() => DateScalar, { nullable: true, description: "Only raised on this day or later." })
  from?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Only raised on this day or earlier." })
  to?: string | null;

  @Field(() => Boolean, { nullable: true, description: "True: only those that you raised." })
  mine?: boolean | null;
}

export type SuggestionOrder = "RAISED_DESC" | "RAISED_ASC" | "DUE_ASC";
export const SuggestionOrderEnum = enumType<SuggestionOrder>("SuggestionOrder", "How to order suggestions.", {
  RAISED_DESC: "The newest first.",
  RAISED_ASC: "The oldest first.",
  DUE_ASC: "What is due first comes first; only suggestions with something due are listed.",
});

@ArgsType()
export class SuggestionsArgs extends PageArgs {
  @Field(() => SuggestionFilter, { nullable: true, description: "Which suggestions to list; all that you may see when left out." })
  filter?: SuggestionFilter | null;

  @Field(() => SuggestionOrderEnum, { nullable: true, description: "The order; the newest first when left out." })
  orderBy?: SuggestionOrder | null;
}

@InputType({ description: "A community or an organisation: exactly one." })
export class RaisedForInput {
  @Field(() => ID, { nullable: true, description: "The community." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The organisation." })
  organisationId?: string | null;
}

@InputType({ description: "A new suggestion. Give the community that it is about, or the region when it is about more than one." })
export class RaiseSuggestionInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: "The community that it is about." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The code of the region that it is about, when it is about no single community." })
  regionCode?: string | null;

  @Field({ description: "What it is about, 1 to 100 characters." })
  title: string;

  @Field({ description: "What is suggested, 1 to 4,000 characters. Leave names and numbers of persons out: it may be published." })
  body: string;

  @Field(() => ServiceFieldEnum, { description: "The field of public service." })
  topic: ServiceField;

  @Field(() => SuggestionChannelEnum, { defaultValue: "ONLINE", description: "By which way it came." })
  channel: SuggestionChannel;

  @Field(() => ID, { nullable: true, description: "The event at which it was raised." })
  eventId?: string | null;

  @Field(() => ID, { nullable: true, description: "The time of a survey that it came up in, a `SurveyPeriod`." })
  surveyPeriodId?: string | null;

  @Field(() => RaisedForInput, { nullable: true, description: "In whose name; your own when left out." })
  inNameOf?: RaisedForInput | null;
}

/** What every step of an existing suggestion has. */
@InputType()
export abstract class SuggestionStepInput extends CommandInput {
  @Field(() => ID, { description: "The suggestion's id." })
  id: string;

  @Field(() => Int, { description: "The version that the step was decided on." })
  expectedVersion: number;
}

@InputType({ description: "Passes a suggestion to whoever has to answer it, up or down." })
export class AssignSuggestionInput extends SuggestionStepInput {
  @Field(() => AssigneeInput, { description: "Who has to answer." })
  to: AssigneeInput;

  @Field(() => SuggestionUrgencyEnum, { nullable: true, description: "How soon it is to be answered; unchanged when left out." })
  urgency?: SuggestionUrgency | null;

  @Field(() => ServiceFieldEnum, { nullable: true, description: "The field of public service, when it was raised under another." })
  topic?: ServiceField | null;

  @Field(() => Boolean, { nullable: true, description: "Whether everybody may read it from now on; unchanged when left out." })
  publish?: boolean | null;

  @Field(() => String, { nullable: true, description: "What is said with it, at most 1,000 characters." })
  note?: string | null;
}

@InputType({ description: "A step that needs nothing but, perhaps, a few words." })
export class SuggestionNoteInput extends SuggestionStepInput {
  @Field(() => String, { nullable: true, description: "What is said with it, at most 1,000 characters." })
  note?: string | null;
}

@InputType({ description: "An answer." })
export class AnswerSuggestionInput extends SuggestionStepInput {
  @Field(() => SuggestionDecisionEnum, { description: "What it decides." })
  decision: SuggestionDecision;

  @Field({ description: "The answer itself, 1 to 4,000 characters." })
  text: string;

  @Field(() => DateScalar, { nullable: true, description: "With WILL_DO: by when it is done." })
  promisedOn?: string | null;
}

@InputType({ description: "The report that what was promised is done." })
export class CompleteSuggestionInput extends SuggestionStepInput {
  @Field({ description: "What was done, 1 to 4,000 characters." })
  outcome: string;
}

@InputType({ description: "The verdict of whoever raised it." })
export class AcceptSuggestionInput extends SuggestionStepInput {
  @Field(() => Int, { description: "1 (not content) to 5." })
  rating: number;

  @Field(() => String, { nullable: true, description: "At most 1,000 characters." })
  comment?: string | null;
}

@InputType({ description: "Sends a suggestion back to whoever answered it." })
export class ReopenSuggestionInput extends SuggestionStepInput {
  @Field({ description: "Why, 1 to 1,000 characters." })
  reason: string;
}

@InputType({ description: "Merges a suggestion into another that says the same." })
export class MergeSuggestionInput extends SuggestionStepInput {
  @Field(() => ID, { description: "The suggestion that carries it on." })
  into: string;

  @Field(() => String, { nullable: true, description: "What is said with it, at most 1,000 characters." })
  note?: string | null;
}

@InputType({ description: "Makes a suggestion public, or takes it from the public." })
export class PublishSuggestionInput extends SuggestionStepInput {
  @Field({ description: "Whether everybody may read it from now on." })
  published: boolean;

  @Field(() => String, { nullable: true, description: "Why, at most 1,000 characters." })
  note?: string | null;
}
