import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { AddCommitmentInput, CompleteCommitmentInput, ImportPairingCommitmentsInput } from "./pairing-commitment.inputs";
import { AddCommitmentResult, CompleteCommitmentResult, ImportPairingCommitmentsResult } from "./pairing-commitment.results";

@Resolver()
export class PairingCommitmentMutations {
  @Mutation(() => AddCommitmentResult, { description: "Enters what a party of a pairing does by a day." })
  @Access("workers or representatives of a party, officers of a party's region, administrators")
  addCommitment(
    @Arg("input", () => AddCommitmentInput, { description: "Who does what by when." }) input: AddCommitmentInput,
    @Ctx() context: Context,
  ): Promise<typeof AddCommitmentResult> {
    return context.pairingCommitments.add(input) as Promise<typeof AddCommitmentResult>;
  }

  @Mutation(() => CompleteCommitmentResult, { description: "Says that a commitment is done, and what shows it." })
  @Access("workers or representatives of the party that owns it, officers of its region, administrators")
  completeCommitment(
    @Arg("input", () => CompleteCommitmentInput, { description: "Which, when, and the evidence." }) input: CompleteCommitmentInput,
    @Ctx() context: Context,
  ): Promise<typeof CompleteCommitmentResult> {
    return context.pairingCommitments.complete(input) as Promise<typeof CompleteCommitmentResult>;
  }

  @Mutation(() => ImportPairingCommitmentsResult, { description: "Creates or updates commitments by external key, row by row." })
  @Access("officers of a party's region, and administrators")
  importPairingCommitments(
    @Arg("input", () => ImportPairingCommitmentsInput, { description: "The commitments." }) input: ImportPairingCommitmentsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportPairingCommitmentsResult> {
    return context.pairingCommitments.import(input) as Promise<typeof ImportPairingCommitmentsResult>;
  }
}
