import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { OffersArgs } from "./offer.inputs";
import { Offer, OfferConnection } from "./offer.type";

@Resolver()
export class OfferQueries {
  @Query(() => Offer, { nullable: true, description: "The offer with an id; null when there is none that you may see." })
  @PublicBecause("published offers are public; drafts are left out for others than their people")
  offer(@Arg("id", () => ID, { description: "The offer's id." }) id: string, @Ctx() context: Context): Promise<Offer | null> {
    return context.offers.byId(wellFormed(id));
  }

  @Query(() => OfferConnection, { description: "Offers that you may see, filtered and in order." })
  @PublicBecause("published offers are public; drafts are left out for others than their people")
  offers(@Args(() => OffersArgs) args: OffersArgs, @Ctx() context: Context): Promise<Page<Offer>> {
    return context.offers.list(args);
  }
}
