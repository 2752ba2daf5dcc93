import { BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { Survey, SurveyPeriod, SurveyReceipt } from "./survey.type";

@ObjectType({ description: "The period is not open for answers: it has not begun, has ended, or is closed. Nothing was stored." })
export class SurveyNotOpen {
  readonly __typename = "SurveyNotOpen" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;
}

@ObjectType({ description: "You have answered in this period already. The first answer stands." })
export class AlreadyAnswered {
  readonly __typename = "AlreadyAnswered" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;
}

@ObjectType({ description: "Another period of the survey has the same name or some of the same days." })
export class PeriodTaken {
  readonly __typename = "PeriodTaken" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field({ description: "`name` or `startsOn`." })
  field: string;
}

export const CreateSurveyResult = createUnionType({
  name: "CreateSurveyResult",
  description: "The answer of `createSurvey`.",
  types: () => [Survey, IdempotencyConflict] as const,
});
export const ReviseSurveyResult = createUnionType({
  name: "ReviseSurveyResult",
  description: "The answer of `reviseSurvey`.",
  types: () => [Survey, VersionConflict, IdempotencyConflict] as const,
});
export const OpenSurveyPeriodResult = createUnionType({
  name: "OpenSurveyPeriodResult",
  description: "The answer of `openSurveyPeriod`.",
  types: () => [SurveyPeriod, PeriodTaken, IdempotencyConflict] as const,
});
export const CloseSurveyPeriodResult = createUnionType({
  name: "CloseSurveyPeriodResult",
  description: "The answer of `closeSurveyPeriod`.",
  types: () => [SurveyPeriod, VersionConflict, IdempotencyConflict] as const,
});
export const AnswerSurveyResult = createUnionType({
  name: "AnswerSurveyResult",
  description: "The answer of `answerSurvey`.",
  types: () => [SurveyReceipt, AlreadyAnswered, SurveyNotOpen, IdempotencyConflict] as const,
});
export const ImportSurveysResult = createUnionType({
  name: "ImportSurveysResult",
  description: "The answer of `importSurveys`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
export const ImportSurveyResponsesResult = createUnionType({
  name: "ImportSurveyResponsesResult",
  description: "The answer of `importSurveyResponses`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
