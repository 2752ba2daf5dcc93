import { AssignmentInputError } from "../solver/errors";
import { checkRange } from "../solver/instance";
import type { Network } from "../solver/network";
import { solveCompiled } from "../solver/solve";
import { byId, type Candidates, type Exclusions, findCandidates, OfferIndex } from "./candidates";
import { checkWeights, type Factor, factorsOf, type Weights } from "./criteria";
import { prepareAll, type PreparedNeed, type PreparedOffer, prepareNeed, prepareOffer } from "./prepare";
import type { NeedProfile, OfferProfile } from "./profiles";
import { type UnmatchedNeed, unmatchedNeeds } from "./unmatched";

export interface MatchRoundOptions {
  /**
   * Keep only the best so many candidates of each need, >= 1. By default all are kept and the result is optimal over all admissible
   * pairs; with a bound it is optimal over those kept, and memory is bounded by needs x candidatesPerNeed.
   */
  readonly candidatesPerNeed?: number;
  /** Candidates not chosen to tell beside each need, >= 0; 3 by default. */
  readonly alternativesPerNeed?: number;
  /** Offers to name beside each need that stays without, >= 0; 3 by default. */
  readonly blockersPerNeed?: number;
  /** Pairs that may not be chosen although nothing else speaks against them: settled before, or declined. Ids that are not there are ignored. */
  readonly excludedPairs?: readonly (readonly [needId: string, offerId: string])[];
}

export interface RoundCandidate {
  readonly needId: string;
  readonly offerId: string;
  /** 0..1,000,000; exactly the sum of the factors' contributions. */
  readonly score: number;
  readonly factors: readonly Factor[];
}

export interface RoundMatch extends RoundCandidate {
  readonly units: number;
}

export interface RoundResult {
  /** By need id, then offer id. */
  readonly matches: readonly RoundMatch[];
  /** The best candidates of each need that were not chosen: by need id, best first. */
  readonly alternatives: readonly RoundCandidate[];
  /** Needs that miss units, by id, with what blocked them and what would unblock them. */
  readonly unmatched: readonly UnmatchedNeed[];
  /** The sum of score x units. */
  readonly value: number;
  /** What one more unit of each offer's capacity would add to the value, by offer id. */
  readonly offerPrices: readonly { readonly offerId: string; readonly price: number }[];
}

/**
 * Matches a round: candidates by index, hard constraints, weighted scores, then the assignment of the highest total score in
 * which no need gets more units than it wants and no offer gives more than it has. Admissible pairs of score 0 are used too.
 * The result does not depend on the order of the lists (ties: see `solveAssignment`).
 *
 * Time and memory grow with the admissible pairs (plus NEAREST_SCAN comparisons for each need that none can serve), not
 * with needs x offers.
 *
 * @throws AssignmentInputError for malformed profiles, duplicate ids, unbalanced weights, options out of range, more than
 * MAX_EDGES candidates, or a value that could leave the safe integers
 */
export function matchRound(
  needs: readonly NeedProfile[],
  offers: readonly OfferProfile[],
  weights: Weights,
  options: MatchRoundOptions = {},
): RoundResult {
  checkWeights(weights);
  const candidatesPerNeed = bounded(options.candidatesPerNeed, 1, "candidatesPerNeed") ?? Number.POSITIVE_INFINITY;
  const alternativesPerNeed = bounded(options.alternativesPerNeed, 0, "alternativesPerNeed") ?? 3;
  const blockersPerNeed = bounded(options.blockersPerNeed, 0, "blockersPerNeed") ?? 3;
  const preparedNeeds = byId(prepareAll(needs, "needs", prepareNeed));
  const preparedOffers = byId(prepareAll(offers, "offers", prepareOffer));
  const index = new OfferIndex(preparedOffers);
  const candidates = findCandidates(preparedNeeds, preparedOffers, index, weights, candidatesPerNeed, exclusions(options.excludedPairs));
  const compiled = {
    leftIds: preparedNeeds.map(({ profile }) => profile.id),
    rightIds: preparedOffers.map(({ profile }) => profile.id),
    network: asNetwork(preparedNeeds, preparedOffers, candidates),
  };
  checkRange(compiled.network);
  const { solution, flow, prices } = solveCompiled(compiled);
  const { start, offer: candidateOffer, score } = candidates;

  const describe = (need: PreparedNeed, candidate: number): RoundCandidate => {
    const offer = preparedOffers[candidateOffer[candidate]!]!;
    return { needId: need.profile.id, offerId: offer.profile.id, ...factorsOf(need, offer, weights) };
  };
  const matches: RoundMatch[] = [];
  const alternatives: RoundCandidate[] = [];
  preparedNeeds.forEach((need, i) => {
    const rest: number[] = [];
    for (let c = start[i]!; c < start[i + 1]!; c++) {
      const units = flow.units[c]!;
      if (units > 0) matches.push({ ...describe(need, c), units });
      else rest.push(c);
    }
    rest.sort((a, b) => score[b]! - score[a]! || a - b);
    for (const c of rest.slice(0, alternativesPerNeed)) alternatives.push(describe(need, c));
  });
  return {
    matches,
    alternatives,
    unmatched: unmatchedNeeds(
      { needs: preparedNeeds, offers: preparedOffers, index, weights, candidates, network: compiled.network, flow, prices },
      blockersPerNeed,
    ),
    value: solution.value,
    offerPrices: preparedOffers.map(({ profile }, j) => ({ offerId: profile.id, price: prices.right[j]! })),
  };
}

function exclusions(pairs: MatchRoundOptions["excludedPairs"]): Exclusions {
  const excluded = new Map<string, Set<string>>();
  for (const [needId, offerId] of pairs ?? []) {
    const offers = excluded.get(needId);
    if (offers) offers.add(offerId);
    else excluded.set(needId, new Set([offerId]));
  }
  return excluded;
}

function asNetwork(needs: readonly PreparedNeed[], offers: readonly PreparedOffer[], { start, offer, score }: Candidates): Network {
  const edgeLeft = new Int32Array(offer.length);
  for (let i = 0; i < needs.length; i++) edgeLeft.fill(i, start[i]!, start[i + 1]!);
  return {
    leftCapacity: Float64Array.from(needs, ({ profile }) => profile.quantity),
    rightCapacity: Float64Array.from(offers, ({ profile }) => profile.capacity),
    edgeLeft,
    edgeRight: offer,
    edgeScore: score,
    edgeLimit: new Float64Array(offer.length).fill(Number.POSITIVE_INFINITY),
  };
}

function bounded(value: number | undefined, least: number, name: keyof MatchRoundOptions): number | undefined {
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value)) throw new AssignmentInputError("NOT_AN_INTEGER", `options.${name}`, "a safe integer is wanted");
  if (value < least) throw new AssignmentInputError("OUT_OF_RANGE", `options.${name}`, `${least} or more is wanted`);
  return value;
}
