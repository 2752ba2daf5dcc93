import type { QuestionKind, ServiceField } from "@gongjian/entities-communities";
import { connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";
import { ServiceFieldEnum } from "../suggestion/suggestion.type";

export const QuestionKindEnum = enumType<QuestionKind>("QuestionKind", "How a question of a survey is answered.", {
  RATING: "With 1 (not content) to 5.",
  YES_NO: "With 1 for yes and 0 for no.",
});

@ObjectType({ description: "A question of one version of a questionnaire. Questions are never changed: a revision asks new ones." })
export class SurveyQuestion {
  @Field(() => Int, { description: "Its place in the questionnaire, from 1." })
  position: number;

  @Field(() => ServiceFieldEnum, { description: "The field of public service that it asks about." })
  field: ServiceField;

  @Field(() => QuestionKindEnum, { description: "How it is answered." })
  kind: QuestionKind;

  @Field(() => HanTextScalar, { description: "What is asked." })
  text: string;

  surveyId: string;
  questionnaire: number;
}

@ObjectType({ description: "A survey 调查 of public services, held again and again in one community or all over a region." })
@Directive('@key(fields: "id")')
export class Survey {
  @Field(() => ID, { description: "The platform's id." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => HanTextScalar, { description: "Its title." })
  title: string;

  @Field(() => Int, { description: "The number of its latest questionnaire." })
  questionnaire: number;

  @Field({ description: "Whether it is made up to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  regionCode: string;
  communityId: string | null;
}

export const SurveyConnection = connectionOf(Survey, "Survey");

@ObjectType({ description: "One time that a survey is held." })
export class SurveyPeriod {
  @Field(() => ID, { description: "The platform's id." })
  id: string;

  @Field(() => HanTextScalar, { description: "Its name, e.g. the half-year." })
  name: string;

  @Field(() => Int, { description: "The number of the questionnaire that is asked." })
  questionnaire: number;

  @Field(() => DateScalar, { description: "The first day on which it can be answered." })
  startsOn: string;

  @Field(() => DateScalar, { description: "The last day on which it can be answered." })
  endsOn: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The day on which it was closed; results are public from then on, and answers can no longer be traced to anybody.",
  })
  closedOn: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  surveyId: string;
}

export const SurveyPeriodConnection = connectionOf(SurveyPeriod, "SurveyPeriod");

@ObjectType({ description: "What was answered to one question." })
export class SurveyResult {
  @Field(() => SurveyQuestion, { description: "The question." })
  question: SurveyQuestion;

  @Field(() => Int, {
    nullable: true,
    description: "How many answered it; null when there are 1 to 4, for then answers could be told apart.",
  })
  answers: number | null;

  @Field(() => Float, { nullable: true, description: "The mean answer in hundredths; null when nobody or 1 to 4 answered." })
  mean: number | null;

  @Field(() => Float, { nullable: true, description: "The share of 4 and 5, or of yes, 0 to 1 in thousandths; null as `mean`." })
  content: number | null;
}

@ObjectType({ description: "What the people of one community answered in one period." })
export class SurveyPlace {
  @Field(() => SurveyPeriod, { description: "The period." })
  period: SurveyPeriod;

  periodId: string;
  communityId: string;
  name: string;
  startsOn: string;
}

export const SurveyPlaceConnection = connectionOf(SurveyPlace, "SurveyPlace");

@ObjectType({ description: "That an answer has arrived. What was answered is shown to nobody, not even to whoever answered." })
export class SurveyReceipt {
  readonly __typename = "SurveyReceipt" as const;

  @Field(() => SurveyPeriod, { description: "The period." })
  period: SurveyPeriod;
}
