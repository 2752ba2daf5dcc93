import type { QuestionKind, ServiceField } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, DateScalar, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { ServiceFieldEnum } from "../suggestion/suggestion.type";
import { QuestionKindEnum } from "./survey.type";

@ArgsType()
export class SurveysArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: "Only surveys held in this region or a place in it." })
  within?: string | null;
}

@InputType({ description: "A question." })
export class QuestionInput {
  @Field(() => ServiceFieldEnum, { description: "The field of public service that it asks about." })
  field: ServiceField;

  @Field(() => QuestionKindEnum, { defaultValue: "RATING", description: "How it is answered." })
  kind: QuestionKind;

  @Field({ description: "What is asked, 1 to 300 characters." })
  text: string;
}

@InputType({ description: "A new survey with its first questionnaire. Give the community, or the region when it is held all over it." })
export class CreateSurveyInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: "The community in which it is held." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The code of the region all over which it is held." })
  regionCode?: string | null;

  @Field({ description: "Its title, 1 to 100 characters." })
  title: string;

  @Field(() => [QuestionInput], { description: "1 to 50 questions." })
  questions: QuestionInput[];
}

@InputType({ description: "A new version of a survey's questionnaire, for the periods that are opened from now on." })
export class ReviseSurveyInput extends CommandInput {
  @Field(() => ID, { description: "The survey's id." })
  id: string;

  @Field(() => Int, { description: "The version that the revision was made against." })
  expectedVersion: number;

  @Field(() => [QuestionInput], { description: "1 to 50 questions." })
  questions: QuestionInput[];
}

@InputType({ description: "One more time that a survey is held. Periods of one survey do not overlap." })
export class OpenSurveyPeriodInput extends CommandInput {
  @Field(() => ID, { description: "The survey's id." })
  surveyId: string;

  @Field({ description: "Its name, 1 to 50 characters, different from the others of the survey." })
  name: string;

  @Field(() => DateScalar, { description: "The first day on which it can be answered." })
  startsOn: string;

  @Field(() => DateScalar, { description: "The last day on which it can be answered." })
  endsOn: string;
}

@InputType({
  description: "Closes a period: no answer comes in any more, results become public, and what could trace an answer is thrown away.",
})
export class CloseSurveyPeriodInput extends CommandInput {
  @Field(() => ID, { description: "The period's id." })
  id: string;

  @Field(() => Int, { description: "The version that was decided on." })
  expectedVersion: number;
}

@InputType({ description: "The answer to one question." })
export class AnswerInput {
  @Field(() => Int, { description: "The question's position." })
  position: number;

  @Field(() => Int, { description: "1 to 5, or 0 and 1 for no and yes." })
  value: number;
}

@InputType({ description: "A resident's answers, once a period." })
export class AnswerSurveyInput extends CommandInput {
  @Field(() => ID, { description: "The period's id." })
  periodId: string;

  @Field(() => ID, { description: "The community where you live." })
  communityId: string;

  @Field(() => [AnswerInput], { description: "The answers; questions that are passed over are left out." })
  answers: AnswerInput[];
}

@InputType({ description: "A questionnaire that came in on paper." })
export class SurveyResponseRow {
  @Field({ description: "The serial number on the paper, unlike any other of the period; 1 to 100 characters." })
  key: string;

  @Field({ description: "The survey's key." })
  surveyKey: string;

  @Field({ description: "The period's name." })
  period: string;

  @Field(() => ID, { description: "The community where the respondent lives." })
  communityId: string;

  @Field(() => [AnswerInput], { description: "The answers." })
  answers: AnswerInput[];
}

@InputType({ description: "Questionnaires that came in on paper." })
export class ImportSurveyResponsesInput extends BulkInput {
  @Field(() => [SurveyResponseRow], { description: "At most 2,000 rows." })
  rows: SurveyResponseRow[];
}

@InputType({ description: "A period of an imported survey." })
export class SurveyPeriodInput {
  @Field({ description: "Its name, 1 to 50 characters; a period with it stays as it is." })
  name: string;

  @Field(() => DateScalar, { description: "The first day on which it can be answered." })
  startsOn: string;

  @Field(() => DateScalar, { description: "The last day on which it can be answered." })
  endsOn: string;
}

@InputType({ description: "One survey of a bulk import, with its questions and periods." })
export class SurveyRow {
  @Field({ description: "The external key, 1 to 100 characters; a survey with it is carried on." })
  key: string;

  @Field(() => ID, { nullable: true, description: "The community in which it is held." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The code of the region all over which it is held." })
  regionCode?: string | null;

  @Field({ description: "Its title, 1 to 100 characters." })
  title: string;

  @Field(() => [QuestionInput], { description: "1 to 50 questions; others than the latest ones make a new questionnaire." })
  questions: QuestionInput[];

  @Field(() => [SurveyPeriodInput], { nullable: true, description: "Periods to open; none is taken away." })
  periods?: SurveyPeriodInput[] | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it is made up to show how the platform works." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Surveys to create or revise, found again by key." })
export class ImportSurveysInput extends BulkInput {
  @Field(() => [SurveyRow], { description: "At most 2,000 rows." })
  rows: SurveyRow[];
}
