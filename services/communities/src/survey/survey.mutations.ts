import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { importSurveyResponses, importSurveys } from "./survey.import";
import {
  AnswerSurveyInput,
  CloseSurveyPeriodInput,
  CreateSurveyInput,
  ImportSurveyResponsesInput,
  ImportSurveysInput,
  OpenSurveyPeriodInput,
  ReviseSurveyInput,
} from "./survey.inputs";
import {
  AnswerSurveyResult,
  CloseSurveyPeriodResult,
  CreateSurveyResult,
  ImportSurveyResponsesResult,
  ImportSurveysResult,
  OpenSurveyPeriodResult,
  ReviseSurveyResult,
} from "./survey.results";

@Resolver()
export class SurveyMutations {
  @Mutation(() => CreateSurveyResult, { description: "Creates a survey with its first questionnaire." })
  @Access("workers for their community, officers for their region, administrators")
  createSurvey(
    @Arg("input", () => CreateSurveyInput, { description: "The survey." }) input: CreateSurveyInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateSurveyResult> {
    return context.surveys.create(input) as Promise<typeof CreateSurveyResult>;
  }

  @Mutation(() => ReviseSurveyResult, { description: "Gives a survey a new version of its questionnaire; earlier periods keep theirs." })
  @Access("workers of its community, officers of its region, administrators")
  reviseSurvey(
    @Arg("input", () => ReviseSurveyInput, { description: "The revision." }) input: ReviseSurveyInput,
    @Ctx() context: Context,
  ): Promise<typeof ReviseSurveyResult> {
    return context.surveys.revise(input) as Promise<typeof ReviseSurveyResult>;
  }

  @Mutation(() => OpenSurveyPeriodResult, { description: "Holds a survey once more, with its latest questionnaire." })
  @Access("workers of its community, officers of its region, administrators")
  openSurveyPeriod(
    @Arg("input", () => OpenSurveyPeriodInput, { description: "The period." }) input: OpenSurveyPeriodInput,
    @Ctx() context: Context,
  ): Promise<typeof OpenSurveyPeriodResult> {
    return context.surveys.open(input) as Promise<typeof OpenSurveyPeriodResult>;
  }

  @Mutation(() => CloseSurveyPeriodResult, { description: "Closes a period for good." })
  @Access("workers of its community, officers of its region, administrators")
  closeSurveyPeriod(
    @Arg("input", () => CloseSurveyPeriodInput, { description: "Which period." }) input: CloseSurveyPeriodInput,
    @Ctx() context: Context,
  ): Promise<typeof CloseSurveyPeriodResult> {
    return context.surveys.close(input) as Promise<typeof CloseSurveyPeriodResult>;
  }

  @Mutation(() => AnswerSurveyResult, {
    description:
      "Answers a survey, once a period. Who answered what is stored nowhere; the same idempotency key with other answers gets the first receipt.",
  })
  @Access("residents where they live")
  answerSurvey(
    @Arg("input", () => AnswerSurveyInput, { description: "The answers." }) input: AnswerSurveyInput,
    @Ctx() context: Context,
  ): Promise<typeof AnswerSurveyResult> {
    return context.surveys.answer(input) as Promise<typeof AnswerSurveyResult>;
  }

  @Mutation(() => ImportSurveysResult, { description: "Creates, revises and opens surveys, row by row." })
  @Access("workers for their community, officers for their region, administrators")
  importSurveys(
    @Arg("input", () => ImportSurveysInput, { description: "The surveys." }) input: ImportSurveysInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportSurveysResult> {
    return importSurveys(context, input) as Promise<typeof ImportSurveysResult>;
  }

  @Mutation(() => ImportSurveyResponsesResult, { description: "Enters questionnaires that came in on paper, row by row." })
  @Access("workers of the respondents' community, officers of its region, administrators")
  importSurveyResponses(
    @Arg("input", () => ImportSurveyResponsesInput, { description: "The questionnaires." }) input: ImportSurveyResponsesInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportSurveyResponsesResult> {
    return importSurveyResponses(context, input) as Promise<typeof ImportSurveyResponsesResult>;
  }
}
