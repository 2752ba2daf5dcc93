import type { ServiceField, SuggestionChannel, SuggestionDecision, SuggestionUrgency } from "@gongjian/entities-communities";
import { BulkInput, DateScalar } from "@gongjian/subgraph";
import { Field, ID, InputType, Int } from "type-graphql";
import { AssigneeInput, RaisedForInput } from "./suggestion.inputs";
import { ServiceFieldEnum, SuggestionChannelEnum, SuggestionDecisionEnum, SuggestionUrgencyEnum } from "./suggestion.type";

@InputType({ description: "One suggestion of a bulk import, with its way so far." })
export class SuggestionRow {
  @Field({ description: "The external key, 1 to 100 characters; what it already tells is never rewritten, only carried on." })
  key: string;

  @Field(() => ID, { nullable: true, description: "The community that it is about." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The code of the region that it is about, when it is about no single community." })
  regionCode?: string | null;

  @Field({ description: "What it is about, 1 to 100 characters." })
  title: string;

  @Field({ description: "What is suggested, 1 to 4,000 characters." })
  body: string;

  @Field(() => ServiceFieldEnum, { description: "The field of public service." })
  topic: ServiceField;

  @Field(() => SuggestionChannelEnum, { description: "By which way it came." })
  channel: SuggestionChannel;

  @Field(() => SuggestionUrgencyEnum, { nullable: true, description: "How soon it was to be answered; NORMAL when left out." })
  urgency?: SuggestionUrgency | null;

  @Field(() => ID, { nullable: true, description: "The event at which it was raised." })
  eventId?: string | null;

  @Field(() => RaisedForInput, { nullable: true, description: "In whose name; a person's own when left out." })
  inNameOf?: RaisedForInput | null;

  @Field(() => DateScalar, { description: "The day on which it was raised." })
  raisedOn: string;

  @Field(() => Boolean, { nullable: true, description: "Whether everybody may read it; not when left out." })
  published?: boolean | null;

  @Field(() => AssigneeInput, { nullable: true, description: "Who has to answer it." })
  assignee?: AssigneeInput | null;

  @Field(() => SuggestionDecisionEnum, { nullable: true, description: "What the answer decides." })
  decision?: SuggestionDecision | null;

  @Field(() => String, { nullable: true, description: "The answer, at most 4,000 characters." })
  answer?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day of the answer." })
  answeredOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "With WILL_DO: by when it is done." })
  promisedOn?: string | null;

  @Field(() => String, { nullable: true, description: "What was done, at most 4,000 characters." })
  outcome?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was done." })
  doneOn?: string | null;

  @Field(() => Int, { nullable: true, description: "The verdict of whoever raised it, 1 to 5." })
  rating?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is made up, or its way is, to show how the platform works; not when left out.",
  })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Suggestions to create or carry on, found again by key." })
export class ImportSuggestionsInput extends BulkInput {
  @Field(() => [SuggestionRow], { description: "At most 2,000 rows." })
  rows: SuggestionRow[];
}
