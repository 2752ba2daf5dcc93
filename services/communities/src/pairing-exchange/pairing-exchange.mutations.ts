import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CorrectExchangeInput, ImportPairingExchangesInput, RecordExchangeInput } from "./pairing-exchange.inputs";
import { CorrectExchangeResult, ImportPairingExchangesResult, RecordExchangeResult } from "./pairing-exchange.results";

@Resolver()
export class PairingExchangeMutations {
  @Mutation(() => RecordExchangeResult, {
    description:
      "Logs a visit, an online meeting or goods between two parties. A pairing that was only signed before that day, or asleep, becomes ACTIVE.",
  })
  @Access("workers or representatives of a party, officers of a party's region, administrators")
  recordExchange(
    @Arg("input", () => RecordExchangeInput, { description: "Who went to whom, when." }) input: RecordExchangeInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordExchangeResult> {
    return context.pairingExchanges.record(input) as Promise<typeof RecordExchangeResult>;
  }

  @Mutation(() => CorrectExchangeResult, {
    description: "Corrects or withdraws an entry of the log by another one. Both stay to be read; the corrected one counts no longer.",
  })
  @Access("workers or representatives of a party, officers of a party's region, administrators")
  correctExchange(
    @Arg("input", () => CorrectExchangeInput, { description: "Which, why, and what it should have said." }) input: CorrectExchangeInput,
    @Ctx() context: Context,
  ): Promise<typeof CorrectExchangeResult> {
    return context.pairingExchanges.correct(input) as Promise<typeof CorrectExchangeResult>;
  }

  @Mutation(() => ImportPairingExchangesResult, {
    description: "Enters exchanges by external key, row by row. What is in the log is not rewritten: a row that says otherwise is refused.",
  })
  @Access("officers of a party's region, and administrators")
  importPairingExchanges(
    @Arg("input", () => ImportPairingExchangesInput, { description: "The exchanges." }) input: ImportPairingExchangesInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportPairingExchangesResult> {
    return context.pairingExchanges.import(input) as Promise<typeof ImportPairingExchangesResult>;
  }
}
