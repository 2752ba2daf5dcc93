import type { SuggestionAction, SuggestionState } from "@gongjian/entities-communities";
import { BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { Suggestion, SuggestionActionEnum, SuggestionStateEnum } from "./suggestion.type";

@ObjectType({ description: "The suggestion does not stand where this step can be taken. Nothing was done." })
export class SuggestionStepNotAllowed {
  readonly __typename = "SuggestionStepNotAllowed" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => SuggestionStateEnum, { description: "Where it stands." })
  state: SuggestionState;

  @Field(() => [SuggestionActionEnum], { description: "The steps that can be taken from there." })
  possible: SuggestionAction[];
}

@ObjectType({ description: "There is no region above whoever holds the suggestion." })
export class NothingAbove {
  readonly __typename = "NothingAbove" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;
}

const stepResult = (mutation: string, name: string) =>
  createUnionType({
    name,
    description: `The answer of \`${mutation}\`.`,
    types: () => [Suggestion, SuggestionStepNotAllowed, VersionConflict, IdempotencyConflict] as const,
  });

export const RaiseSuggestionResult = createUnionType({
  name: "RaiseSuggestionResult",
  description: "The answer of `raiseSuggestion`.",
  types: () => [Suggestion, IdempotencyConflict] as const,
});
export const AssignSuggestionResult = stepResult("assignSuggestion", "AssignSuggestionResult");
export const EscalateSuggestionResult = createUnionType({
  name: "EscalateSuggestionResult",
  description: "The answer of `escalateSuggestion`.",
  types: () => [Suggestion, NothingAbove, SuggestionStepNotAllowed, VersionConflict, IdempotencyConflict] as const,
});
export const AnswerSuggestionResult = stepResult("answerSuggestion", "AnswerSuggestionResult");
export const CompleteSuggestionResult = stepResult("completeSuggestion", "CompleteSuggestionResult");
export const AcceptSuggestionResult = stepResult("acceptSuggestion", "AcceptSuggestionResult");
export const ReopenSuggestionResult = stepResult("reopenSuggestion", "ReopenSuggestionResult");
export const MergeSuggestionResult = stepResult("mergeSuggestion", "MergeSuggestionResult");
export const SeparateSuggestionResult = stepResult("separateSuggestion", "SeparateSuggestionResult");
export const WithdrawSuggestionResult = stepResult("withdrawSuggestion", "WithdrawSuggestionResult");
export const PublishSuggestionResult = stepResult("publishSuggestion", "PublishSuggestionResult");
export const ImportSuggestionsResult = createUnionType({
  name: "ImportSuggestionsResult",
  description: "The answer of `importSuggestions`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
