import { matchRound, type RoundResult, type Weights } from "@gongjian/assignment";
import type { Need } from "../need/need.type";
import type { Offer } from "../offer/offer.type";
import { needProfile, offerProfile, placeOf } from "./profiles";

/** A pair about which people have settled something. */
export interface Settled {
  needId: string;
  offerId: string;
  units: number;
  score: number;
  state: string;
}

/** Where a community lies. */
export interface Place {
  region: { code: string; scopeCodes: string[] } | null;
}

/** All that a run of the matching reckons with. Plain data: it travels between threads. */
export interface MatchingTask {
  needs: readonly Need[];
  offers: readonly Offer[];
  /** What is not suggested again, whatever has become of it. */
  settled: readonly Settled[];
  /** What of it holds units of its need and its offer. */
  live: readonly Settled[];
  /** By community. */
  places: ReadonlyMap<string, Place>;
  weights: Weights;
}

function unitsBy(live: readonly Settled[], field: "needId" | "offerId"): Map<string, number> {
  const units = new Map<string, number>();
  for (const match of live) units.set(match[field], (units.get(match[field]) ?? 0) + match.units);
  return units;
}

/** What the settled matches of each need cost, in minor units: the rest of the need has so much less to spend. */
function spentBy(live: readonly Settled[], offers: readonly Offer[]): Map<string, number> {
  const prices = new Map(offers.map((offer) => [offer.id, offer.price ?? 0]));
  const spent = new Map<string, number>();
  for (const match of live) spent.set(match.needId, (spent.get(match.needId) ?? 0) + match.units * (prices.get(match.offerId) ?? 0));
  return spent;
}

/** Finds the best plan for what is still open. Pure, and as long as it takes: seconds for thousands of needs and offers. */
export function solveTask({ needs, offers, settled, live, places, weights }: MatchingTask): RoundResult {
  const served = unitsBy(live, "needId");
  const given = unitsBy(live, "offerId");
  const spent = spentBy(live, offers);
  const open = needs.filter((need) => need.quantity > (served.get(need.id) ?? 0));
  return matchRound(
    open.map((need) => {
      const region = places.get(need.communityId)?.region;
      return needProfile(
        need,
        region ? placeOf(region.scopeCodes, region.code) : [],
        need.quantity - (served.get(need.id) ?? 0),
        spent.get(need.id) ?? 0,
      );
    }),
    offers.map((offer) => offerProfile(offer, Math.max(0, offer.capacity - (given.get(offer.id) ?? 0)))),
    weights,
    { excludedPairs: settled.map(({ needId, offerId }) => [needId, offerId] as const) },
  );
}
