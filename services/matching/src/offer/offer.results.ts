import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { RoundClosed } from "../round/round.results";
import { Offer } from "./offer.type";

export const CreateOfferResult = createUnionType({
  name: "CreateOfferResult",
  description: "The answer of `createOffer`.",
  types: () => [Offer, RoundClosed, AlreadyExists, IdempotencyConflict] as const,
});
export const UpdateOfferResult = createUnionType({
  name: "UpdateOfferResult",
  description: "The answer of `updateOffer` and `withdrawOffer`.",
  types: () => [Offer, RoundClosed, VersionConflict, IdempotencyConflict] as const,
});
export const ImportOffersResult = createUnionType({
  name: "ImportOffersResult",
  description: "The answer of `importOffers`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
