import type { Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Pairing, PairingParty } from "../pairing/pairing.type";
import { PairingCommitmentsArgs } from "./pairing-commitment.inputs";
import { PairingCommitment, PairingCommitmentConnection } from "./pairing-commitment.type";

@Resolver(() => Pairing)
export class PairingCommitments {
  @FieldResolver(() => PairingCommitmentConnection, { description: "What its parties promised to do, the earliest due first." })
  commitments(
    @Root() { id }: Pairing,
    @Args(() => PairingCommitmentsArgs) args: PairingCommitmentsArgs,
    @Ctx() context: Context,
  ): Promise<Page<PairingCommitment>> {
    return context.pairingCommitments.ofPairing(id, args);
  }
}

@Resolver(() => PairingCommitment)
export class PairingCommitmentFields {
  @FieldResolver(() => Pairing, { nullable: true, description: "The pairing on whose list of tasks it stands." })
  pairing(@Root() { pairingId }: PairingCommitment, @Ctx() context: Context): Promise<Pairing | null> {
    return context.pairings.byId(pairingId);
  }

  @FieldResolver(() => PairingParty, { nullable: true, description: "Which party does it." })
  owner(@Root() { ownerId }: PairingCommitment, @Ctx() context: Context): Promise<PairingParty | null> {
    return context.pairingExchanges.partyById(ownerId);
  }
}
