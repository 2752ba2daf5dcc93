import { ExtraCapacity } from "../solver/extra-capacity";
import type { Flow, Network } from "../solver/network";
import type { NodePrices } from "../solver/prices";
import { type Candidates, nearestOffers, type OfferIndex } from "./candidates";
import { violationsOf } from "./constraints";
import type { Weights } from "./criteria";
import type { PreparedNeed, PreparedOffer } from "./prepare";
import type { Unblock, Violation } from "./violations";

/** The offer could serve the need, but others make more of all its units. */
export interface CapacityTaken {
  readonly reason: "CAPACITY_TAKEN";
  readonly facts: {
    readonly capacity: number;
    /** This need's score at the offer. */
    readonly score: number;
    /** What one more unit of the offer would add to the round's value. */
    readonly price: number;
    /** Points that this need's score lies below the price: 0 when the next unit could be its own. */
    readonly shortBy: number;
    readonly takenBy: readonly { readonly needId: string; readonly units: number }[];
  };
  readonly unblock: readonly Unblock[];
}

/** What keeps an offer from the need: one entry for each reason. */
export type Blocker = (Violation | CapacityTaken) & { readonly offerId: string };

export interface UnmatchedNeed {
  readonly needId: string;
  readonly missingUnits: number;
  /**
   * CAPACITY_TAKEN at its best candidates, or, when no offer may serve it, each violation of the offers with the fewest.
   * Empty only when the round has no offers (or none were asked for).
   */
  readonly blockedBy: readonly Blocker[];
  /**
   * The steps that would help, best first: each offer's RAISE_CAPACITY is enough by itself; of a blocked offer all violations have to
   * be lifted, each by one of its steps.
   */
  readonly unblock: readonly (Unblock & { readonly offerId: string })[];
}

export interface SolvedRound {
  readonly needs: readonly PreparedNeed[];
  readonly offers: readonly PreparedOffer[];
  readonly index: OfferIndex;
  readonly weights: Weights;
  readonly candidates: Candidates;
  readonly network: Network;
  readonly flow: Flow;
  readonly prices: NodePrices;
}

/** The needs that miss units, each with up to `most` offers that came nearest. */
export function unmatchedNeeds(round: SolvedRound, most: number): UnmatchedNeed[] {
  const { needs, candidates, flow } = round;
  const competition = new Competition(round);
  const unmatched: UnmatchedNeed[] = [];
  needs.forEach((need, i) => {
    let missingUnits = need.profile.quantity;
    for (let c = candidates.start[i]!; c < candidates.start[i + 1]!; c++) missingUnits -= flow.units[c]!;
    if (missingUnits === 0) return;
    const competed = candidates.start[i]! < candidates.start[i + 1]!;
    const told = competed ? competition.lostBy(i, most) : blockedFrom(round, need, most);
    unmatched.push({ needId: need.profile.id, missingUnits, ...told });
  });
  return unmatched;
}

type Told = Pick<UnmatchedNeed, "blockedBy" | "unblock">;

function blockedFrom({ offers, index, weights }: SolvedRound, need: PreparedNeed, most: number): Told {
  const blockedBy = nearestOffers(need, offers, index, weights, most).flatMap((position) => {
    const offer = offers[position]!;
    return violationsOf(need, offer).map((violation): Blocker => ({ ...violation, offerId: offer.profile.id }));
  });
  return { blockedBy, unblock: blockedBy.flatMap(({ offerId, unblock }) => unblock.map((step) => ({ ...step, offerId }))) };
}

/** Who holds the units of each offer, and what would let one more need in. */
class Competition {
  private readonly holders = new Map<number, { needId: string; units: number }[]>();
  private readonly demand: Float64Array;
  private readonly extra: ExtraCapacity;

  constructor(private readonly round: SolvedRound) {
    const { needs, network, flow, prices } = round;
    this.extra = new ExtraCapacity(network, flow, prices);
    this.demand = new Float64Array(round.offers.length);
    for (let e = 0; e < flow.units.length; e++) {
      const { id, quantity } = needs[network.edgeLeft[e]!]!.profile;
      const offer = network.edgeRight[e]!;
      this.demand[offer] = this.demand[offer]! + quantity;
      if (flow.units[e] === 0) continue;
      const held = { needId: id, units: flow.units[e]! };
      const holders = this.holders.get(offer);
      if (holders === undefined) this.holders.set(offer, [held]);
      else holders.push(held);
    }
  }

  /**
   * One more unit at an offer that the dual prices show to serve this need; where others would outbid it for that unit too, as many
   * as would serve every need that wants the offer, which is enough but may be more than needed.
   */
  lostBy(need: number, most: number): Told {
    const { offers, candidates, prices } = this.round;
    const { start, offer, score } = candidates;
    const order = Array.from({ length: start[need + 1]! - start[need]! }, (_, k) => start[need]! + k);
    const best = order.sort((a, b) => score[b]! - score[a]! || a - b).slice(0, most);
    const idOf = (position: number) => offers[position]!.profile.id;
    const proven = this.extra.rightsThatServe(need, most).map(
      (position) =>
        ({
          offerId: idOf(position),
          side: "OFFER",
          change: "RAISE_CAPACITY",
          by: 1,
          worth: prices.right[position]!,
          minimal: true,
        }) as const,
    );
    const provenIds = new Set(proven.map(({ offerId }) => offerId));
    const blockedBy = best.map((c): CapacityTaken & { offerId: string } => {
      const position = offer[c]!;
      const offerId = idOf(position);
      const { capacity } = offers[position]!.profile;
      const price = prices.right[position]!;
      const enough = {
        side: "OFFER",
        change: "RAISE_CAPACITY",
        by: this.demand[position]! - capacity,
        worth: price,
        minimal: false,
      } as const;
      const one = { ...enough, by: 1, minimal: true } as const;
      return {
        offerId,
        reason: "CAPACITY_TAKEN",
        facts: { capacity, score: score[c]!, price, shortBy: price - score[c]!, takenBy: this.holders.get(position) ?? [] },
        unblock: [provenIds.has(offerId) ? one : enough],
      };
    });
    const others = blockedBy
      .filter(({ offerId }) => !provenIds.has(offerId))
      .flatMap(({ offerId, unblock }) => unblock.map((step) => ({ ...step, offerId })));
    return { blockedBy, unblock: [...proven, ...others] };
  }
}
