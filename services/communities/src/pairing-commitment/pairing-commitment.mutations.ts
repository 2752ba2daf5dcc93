import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import {
  AddCommitmentInput,
  CompleteCommitmentInput,
  DropCommitmentInput,
  ImportPairingCommitmentsInput,
  UpdateCommitmentInput,
} from "./pairing-commitment.inputs";
import {
  AddCommitmentResult,
  CompleteCommitmentResult,
  DropCommitmentResult,
  ImportPairingCommitmentsResult,
  UpdateCommitmentResult,
} from "./pairing-commitment.results";

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

  @Mutation(() => UpdateCommitmentResult, {
    description: "Corrects a commitment: what, whose, by when, or of one that is done, when and what shows it. The audit keeps the reason.",
  })
  @Access("workers or representatives of a party, officers of a party's region, administrators")
  updateCommitment(
    @Arg("input", () => UpdateCommitmentInput, { description: "Which, why, and what it should say." }) input: UpdateCommitmentInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateCommitmentResult> {
    return context.pairingCommitments.update(input) as Promise<typeof UpdateCommitmentResult>;
  }

  @Mutation(() => DropCommitmentResult, {
    description: "Takes a commitment that is not done off the list of tasks, for good. It stays to be read as DROPPED, with the reason.",
  })
  @Access("workers or representatives of a party, officers of a party's region, administrators")
  dropCommitment(
    @Arg("input", () => DropCommitmentInput, { description: "Which, and why." }) input: DropCommitmentInput,
    @Ctx() context: Context,
  ): Promise<typeof DropCommitmentResult> {
    return context.pairingCommitments.drop(input) as Promise<typeof DropCommitmentResult>;
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
