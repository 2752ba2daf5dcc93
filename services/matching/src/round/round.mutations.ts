import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { AdvanceRoundInput, CreateRoundInput, ImportRoundsInput, UpdateRoundInput } from "./round.inputs";
import { AdvanceRoundResult, CreateRoundResult, ImportRoundsResult, UpdateRoundResult } from "./round.results";

const KEEPERS = "officers of the round's region, and administrators";

@Resolver()
export class RoundMutations {
  @Mutation(() => CreateRoundResult, { description: "Sets up a round, as a draft." })
  @Access(KEEPERS)
  createRound(
    @Arg("input", () => CreateRoundInput, { description: "The new round." }) input: CreateRoundInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateRoundResult> {
    return context.rounds.create(input) as Promise<typeof CreateRoundResult>;
  }

  @Mutation(() => UpdateRoundResult, { description: "Changes a round's title, event, guests or weights." })
  @Access(KEEPERS)
  updateRound(
    @Arg("input", () => UpdateRoundInput, { description: "The change." }) input: UpdateRoundInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateRoundResult> {
    return context.rounds.update(input) as Promise<typeof UpdateRoundResult>;
  }

  @Mutation(() => AdvanceRoundResult, {
    description:
      "Takes a round to its next state, when nothing stands in the way. When it is signed, matches that are only suggested lapse.",
  })
  @Access(KEEPERS)
  advanceRound(
    @Arg("input", () => AdvanceRoundInput, { description: "The step." }) input: AdvanceRoundInput,
    @Ctx() context: Context,
  ): Promise<typeof AdvanceRoundResult> {
    return context.rounds.advance(input) as Promise<typeof AdvanceRoundResult>;
  }

  @Mutation(() => ImportRoundsResult, { description: "Creates or updates rounds by external key, row by row." })
  @Access("officers of each row's region, and administrators")
  importRounds(
    @Arg("input", () => ImportRoundsInput, { description: "The rounds." }) input: ImportRoundsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportRoundsResult> {
    return context.rounds.import(input) as Promise<typeof ImportRoundsResult>;
  }
}
