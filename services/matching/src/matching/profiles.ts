import type { NeedProfile, OfferProfile } from "@gongjian/assignment";
import { fold } from "@gongjian/hantext";
import type { Need } from "../need/need.type";
import type { Offer } from "../offer/offer.type";

/** Search keys: the same word in either script, full or half width, upper or lower case is one. */
const keys = (texts: readonly string[]): string[] => [...new Set(texts.map(fold))];

/**
 * A need as the matching reckons with it.
 * @param place the codes of the regions that its community lies in or is run by, widest first
 * @param units what is still wanted: the quantity less what people have settled
 * @param spent what the settled units cost, in minor units
 */
export const needProfile = (need: Need, place: readonly string[], units: number, spent: number): NeedProfile => ({
  id: need.id,
  kind: need.kind,
  tags: keys(need.tags),
  place,
  budgetMin: need.budgetMin === null ? null : Math.max(0, need.budgetMin - spent),
  budgetMax: need.budgetMax === null ? null : Math.max(0, need.budgetMax - spent),
  currency: need.currency,
  startsOn: need.startsOn,
  endsOn: need.endsOn,
  requiredQualifications: keys(need.requiredQualifications),
  beneficiaries: need.beneficiaries,
  quantity: units,
});

/** @param units what is still free: the capacity less what people have settled */
export const offerProfile = (offer: Offer, units: number): OfferProfile => ({
  id: offer.id,
  kinds: offer.kinds,
  capabilities: keys(offer.capabilities),
  price: offer.price,
  currency: offer.currency,
  capacity: units,
  coverage: offer.coverage,
  availableFrom: offer.availableFrom,
  availableTo: offer.availableTo,
  qualifications: keys(offer.qualifications),
  cases: offer.cases,
});

/** Zones first, then the tree from the province down: a code that another one begins with contains it. */
export const placeOf = (scopeCodes: readonly string[], regionCode: string): string[] => [
  ...scopeCodes.filter((code) => code !== regionCode).sort((a, b) => a.length - b.length || (a < b ? -1 : 1)),
  regionCode,
];
