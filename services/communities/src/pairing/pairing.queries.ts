import { isStorable, type Page, PublicBecause, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { OwedVisitsArgs, PairingsArgs } from "./pairing.inputs";
import { OwedVisit, OwedVisitConnection, Pairing, PairingConnection } from "./pairing.type";

const WHY = "who is paired with whom is public once it is signed; a proposal shows to its parties and those who oversee them";

@Resolver()
export class PairingQueries {
  @Query(() => Pairing, { nullable: true, description: "The pairing with an id; null when there is none that you may see." })
  @PublicBecause(WHY)
  pairing(@Arg("id", () => ID, { description: "The pairing's id." }) id: string, @Ctx() context: Context): Promise<Pairing | null> {
    return context.pairings.byId(wellFormed(id));
  }

  @Query(() => Pairing, { nullable: true, description: "The pairing with an external key; null when there is none that you may see." })
  @PublicBecause(WHY)
  pairingByKey(
    @Arg("key", () => String, { description: "The external key." }) key: string,
    @Ctx() context: Context,
  ): Promise<Pairing | null> {
    return isStorable(key) ? context.pairings.byKey(key) : Promise.resolve(null);
  }

  @Query(() => PairingConnection, { description: "The pairings that you may see, filtered and in order." })
  @PublicBecause(WHY)
  pairings(@Args(() => PairingsArgs) args: PairingsArgs, @Ctx() context: Context): Promise<Page<Pairing>> {
    return context.pairings.list(args);
  }

  @Query(() => OwedVisitConnection, {
    description: "Who owes whom a return visit in pairings that hold, the longest waiting first.",
  })
  @PublicBecause("visits are between parties of signed pairings, and these are public")
  owedVisits(@Args(() => OwedVisitsArgs) args: OwedVisitsArgs, @Ctx() context: Context): Promise<Page<OwedVisit>> {
    return context.pairings.owed(args);
  }
}
