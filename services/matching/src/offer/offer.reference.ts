import type { Context } from "../context";
import type { Offer } from "./offer.type";

/** Reads through the visibility of offers: a draft is no record for others than its people. */
export const offerReference = (reference: { id: string }, context: Context): Promise<Offer | null> => context.offers.byId(reference.id);
