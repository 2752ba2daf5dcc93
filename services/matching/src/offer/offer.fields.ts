import { FirstArg } from "@gongjian/subgraph";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Organisation } from "../external/organisation.type";
import { Match } from "../match/match.type";
import { Round } from "../round/round.type";
import { Offer } from "./offer.type";

@Resolver(() => Offer)
export class OfferFields {
  @FieldResolver(() => Round, { nullable: true, description: "The round whose list it stands in." })
  round(@Root() offer: Offer, @Ctx() context: Context): Promise<Round | null> {
    return context.rounds.byId(offer.roundId);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: "The organisation that makes it." })
  organisation(@Root() offer: Offer): Organisation {
    return { __typename: "Organisation", id: offer.organisationId } as Organisation;
  }

  @FieldResolver(() => [Match], {
    description: "Its best matches that you may see, best first. `Round.matches` with its filter `offerId` pages through all.",
  })
  matches(@Root() offer: Offer, @FirstArg(5) first: number | null, @Ctx() context: Context): Promise<Match[]> {
    return context.matches.ofOffer(offer.id, first ?? 5);
  }
}
