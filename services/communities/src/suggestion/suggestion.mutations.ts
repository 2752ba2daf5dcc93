import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportSuggestionsInput } from "./suggestion.import.inputs";
import {
  AcceptSuggestionInput,
  AnswerSuggestionInput,
  AssignSuggestionInput,
  CompleteSuggestionInput,
  MergeSuggestionInput,
  PublishSuggestionInput,
  RaiseSuggestionInput,
  ReopenSuggestionInput,
  SuggestionNoteInput,
} from "./suggestion.inputs";
import {
  AcceptSuggestionResult,
  AnswerSuggestionResult,
  AssignSuggestionResult,
  CompleteSuggestionResult,
  EscalateSuggestionResult,
  ImportSuggestionsResult,
  MergeSuggestionResult,
  PublishSuggestionResult,
  RaiseSuggestionResult,
  ReopenSuggestionResult,
  SeparateSuggestionResult,
  WithdrawSuggestionResult,
} from "./suggestion.results";

@Resolver()
export class SuggestionMutations {
  @Mutation(() => RaiseSuggestionResult, { description: "Raises a suggestion. It is not public until somebody publishes it." })
  @Access(
    "residents in their own community, workers for theirs, representatives for their organisation, officers of the place, administrators",
  )
  raiseSuggestion(
    @Arg("input", () => RaiseSuggestionInput, { description: "The suggestion." }) input: RaiseSuggestionInput,
    @Ctx() context: Context,
  ): Promise<typeof RaiseSuggestionResult> {
    return context.suggestions.raise(input) as Promise<typeof RaiseSuggestionResult>;
  }

  @Mutation(() => AssignSuggestionResult, {
    description: "Passes a suggestion to whoever has to answer it: up or down the line of its place, or to an organisation.",
  })
  @Access(
    "workers of its community and officers of its place while nobody holds it, or an organisation; else whoever holds it, officers above, administrators",
  )
  assignSuggestion(
    @Arg("input", () => AssignSuggestionInput, { description: "The assignment." }) input: AssignSuggestionInput,
    @Ctx() context: Context,
  ): Promise<typeof AssignSuggestionResult> {
    return context.suggestionSteps.assign(input) as Promise<typeof AssignSuggestionResult>;
  }

  @Mutation(() => EscalateSuggestionResult, {
    description: "Passes a suggestion to the region above whoever holds it: first the zone that runs a street, then what contains it.",
  })
  @Access("whoever may assign or answer it; once it is overdue whoever raised it, and the workers and officers of its place")
  escalateSuggestion(
    @Arg("input", () => SuggestionNoteInput, { description: "The step." }) input: SuggestionNoteInput,
    @Ctx() context: Context,
  ): Promise<typeof EscalateSuggestionResult> {
    return context.suggestionSteps.escalate(input) as Promise<typeof EscalateSuggestionResult>;
  }

  @Mutation(() => AnswerSuggestionResult, { description: "Answers a suggestion." })
  @Access("whoever it was assigned to, officers above them, and of its place when it is an organisation, administrators")
  answerSuggestion(
    @Arg("input", () => AnswerSuggestionInput, { description: "The answer." }) input: AnswerSuggestionInput,
    @Ctx() context: Context,
  ): Promise<typeof AnswerSuggestionResult> {
    return context.suggestionSteps.answer(input) as Promise<typeof AnswerSuggestionResult>;
  }

  @Mutation(() => CompleteSuggestionResult, { description: "Reports that what was promised is done." })
  @Access("whoever it was assigned to, officers above them, and of its place when it is an organisation, administrators")
  completeSuggestion(
    @Arg("input", () => CompleteSuggestionInput, { description: "The report." }) input: CompleteSuggestionInput,
    @Ctx() context: Context,
  ): Promise<typeof CompleteSuggestionResult> {
    return context.suggestionSteps.complete(input) as Promise<typeof CompleteSuggestionResult>;
  }

  @Mutation(() => AcceptSuggestionResult, { description: "Accepts and rates what became of a suggestion." })
  @Access("whoever raised it")
  acceptSuggestion(
    @Arg("input", () => AcceptSuggestionInput, { description: "The verdict." }) input: AcceptSuggestionInput,
    @Ctx() context: Context,
  ): Promise<typeof AcceptSuggestionResult> {
    return context.suggestionSteps.accept(input) as Promise<typeof AcceptSuggestionResult>;
  }

  @Mutation(() => ReopenSuggestionResult, {
    description: "Sends a suggestion back: what was done does not settle it. The clock of the answer begins anew.",
  })
  @Access("whoever raised it, or one that was merged into it")
  reopenSuggestion(
    @Arg("input", () => ReopenSuggestionInput, { description: "The reason." }) input: ReopenSuggestionInput,
    @Ctx() context: Context,
  ): Promise<typeof ReopenSuggestionResult> {
    return context.suggestionSteps.reopen(input) as Promise<typeof ReopenSuggestionResult>;
  }

  @Mutation(() => MergeSuggestionResult, {
    description:
      "Merges a suggestion into another that says the same and is still open. What was merged into it before moves on with it. `separateSuggestion` undoes it.",
  })
  @Access("whoever may assign the one, and publish the other")
  mergeSuggestion(
    @Arg("input", () => MergeSuggestionInput, { description: "Which into which." }) input: MergeSuggestionInput,
    @Ctx() context: Context,
  ): Promise<typeof MergeSuggestionResult> {
    return context.suggestionSteps.merge(input) as Promise<typeof MergeSuggestionResult>;
  }

  @Mutation(() => SeparateSuggestionResult, {
    description: "Undoes a merge. The suggestion is raised again, has a new term to be passed on, and goes its own way from there.",
  })
  @Access("workers of the place's community, officers of the place or of whoever holds it, administrators")
  separateSuggestion(
    @Arg("input", () => SuggestionNoteInput, { description: "The step." }) input: SuggestionNoteInput,
    @Ctx() context: Context,
  ): Promise<typeof SeparateSuggestionResult> {
    return context.suggestionSteps.separate(input) as Promise<typeof SeparateSuggestionResult>;
  }

  @Mutation(() => WithdrawSuggestionResult, {
    description: "Takes a suggestion back, before it is answered. It stays on record; what was merged into it is raised again on its own.",
  })
  @Access("whoever raised it")
  withdrawSuggestion(
    @Arg("input", () => SuggestionNoteInput, { description: "The step." }) input: SuggestionNoteInput,
    @Ctx() context: Context,
  ): Promise<typeof WithdrawSuggestionResult> {
    return context.suggestionSteps.withdraw(input) as Promise<typeof WithdrawSuggestionResult>;
  }

  @Mutation(() => PublishSuggestionResult, { description: "Makes a suggestion public, or takes it from the public." })
  @Access("workers of its community, officers of its place or of whoever holds it, administrators")
  publishSuggestion(
    @Arg("input", () => PublishSuggestionInput, { description: "The step." }) input: PublishSuggestionInput,
    @Ctx() context: Context,
  ): Promise<typeof PublishSuggestionResult> {
    return context.suggestionSteps.publish(input) as Promise<typeof PublishSuggestionResult>;
  }

  @Mutation(() => ImportSuggestionsResult, {
    description: "Enters suggestions of earlier times with their way so far, or carries them on, row by row.",
  })
  @Access("officers of the place of each row, and administrators")
  importSuggestions(
    @Arg("input", () => ImportSuggestionsInput, { description: "The suggestions." }) input: ImportSuggestionsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportSuggestionsResult> {
    return context.suggestions.import(input) as Promise<typeof ImportSuggestionsResult>;
  }
}
