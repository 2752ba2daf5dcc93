import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CreateOfferInput, ImportOffersInput, UpdateOfferInput, WithdrawOfferInput } from "./offer.inputs";
import { CreateOfferResult, ImportOffersResult, UpdateOfferResult } from "./offer.results";

const WRITERS = "representatives of the organisation, officers of the round's region, and administrators";

@Resolver()
export class OfferMutations {
  @Mutation(() => CreateOfferResult, { description: "Enters an offer into a round's list." })
  @Access(WRITERS)
  createOffer(
    @Arg("input", () => CreateOfferInput, { description: "The new offer." }) input: CreateOfferInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateOfferResult> {
    return context.offers.create(input) as Promise<typeof CreateOfferResult>;
  }

  @Mutation(() => UpdateOfferResult, { description: "Changes an offer while its round still takes entries." })
  @Access(WRITERS)
  updateOffer(
    @Arg("input", () => UpdateOfferInput, { description: "The change." }) input: UpdateOfferInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateOfferResult> {
    return context.offers.update(input) as Promise<typeof UpdateOfferResult>;
  }

  @Mutation(() => UpdateOfferResult, { description: "Withdraws an offer; it stays on record, but is neither shown nor matched." })
  @Access(WRITERS)
  withdrawOffer(
    @Arg("input", () => WithdrawOfferInput, { description: "The offer." }) input: WithdrawOfferInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateOfferResult> {
    return context.offers.withdraw(input) as Promise<typeof UpdateOfferResult>;
  }

  @Mutation(() => ImportOffersResult, { description: "Creates or updates offers by round and external key, row by row." })
  @Access(WRITERS)
  importOffers(
    @Arg("input", () => ImportOffersInput, { description: "The offers." }) input: ImportOffersInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportOffersResult> {
    return context.offers.import(input) as Promise<typeof ImportOffersResult>;
  }
}
