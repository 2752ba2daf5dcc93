import { type Page, PublicBecause } from "@gongjian/subgraph";
import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CommitmentsArgs } from "./pairing-commitment.inputs";
import { PairingCommitment, PairingCommitmentConnection } from "./pairing-commitment.type";

@Resolver()
export class PairingCommitmentQueries {
  @Query(() => PairingCommitmentConnection, {
    description: "The lists of tasks of a region: what parties of pairings that hold promised to do, the earliest due first.",
  })
  @PublicBecause("commitments are between parties of signed pairings, and these are public")
  pairingCommitments(@Args(() => CommitmentsArgs) args: CommitmentsArgs, @Ctx() context: Context): Promise<Page<PairingCommitment>> {
    return context.pairingCommitments.list(args);
  }
}
