import { compareIds, MAX_EDGES } from "../solver/instance";
import { AssignmentInputError } from "../solver/errors";
import { violationsOf } from "./constraints";
import { scoreOf, type Weights } from "./criteria";
import type { PreparedNeed, PreparedOffer } from "./prepare";

const EVERYWHERE = "";

/** Positions of offers by the kind they serve and a capability they have or a region they cover, ascending. */
export class OfferIndex {
  private readonly byCapability = new Map<string, number[]>();
  private readonly byRegion = new Map<string, number[]>();
  private readonly seenBy: Int32Array;
  private turn = 0;

  constructor(offers: readonly PreparedOffer[]) {
    this.seenBy = new Int32Array(offers.length);
    offers.forEach(({ kinds, capabilities, coverage }, position) => {
      for (const kind of kinds) {
        for (const capability of capabilities) add(this.byCapability, key(kind, capability), position);
        if (coverage.size === 0) add(this.byRegion, key(kind, EVERYWHERE), position);
        for (const code of coverage) add(this.byRegion, key(kind, code), position);
      }
    });
  }

  /** The offers of the need's kind that share a tag or cover its place, whichever are fewer; none that could serve it is left out. */
  near(need: PreparedNeed): number[] {
    const { kind, place } = need.profile;
    const regions = [...place, EVERYWHERE].map((code) => this.byRegion.get(key(kind, code)) ?? []);
    const tags = need.tags.map((tag) => this.byCapability.get(key(kind, tag)) ?? []);
    const size = (lists: number[][]) => lists.reduce((sum, list) => sum + list.length, 0);
    return this.union(need.tags.length > 0 && size(tags) < size(regions) ? tags : regions);
  }

  private union(lists: readonly number[][]): number[] {
    const turn = ++this.turn;
    const all: number[] = [];
    for (const list of lists) {
      for (const position of list) {
        if (this.seenBy[position] === turn) continue;
        this.seenBy[position] = turn;
        all.push(position);
      }
    }
    return all.sort((a, b) => a - b);
  }
}

/** Admissible pairs by position: those of need i lie at start[i] .. start[i + 1] - 1, by ascending offer position. */
export interface Candidates {
  readonly start: Int32Array;
  readonly offer: Int32Array;
  readonly score: Float64Array;
}

/**
 * All admissible pairs with their scores, or the best `perNeed` of each need (ties: the offer whose id comes first).
 *
 * @throws AssignmentInputError TOO_MANY beyond MAX_EDGES pairs
 */
export function findCandidates(
  needs: readonly PreparedNeed[],
  offers: readonly PreparedOffer[],
  index: OfferIndex,
  weights: Weights,
  perNeed: number,
): Candidates {
  const start = new Int32Array(needs.length + 1);
  const offer: number[] = [];
  const score: number[] = [];
  needs.forEach((need, i) => {
    let admissible: { readonly position: number; readonly score: number }[] = [];
    for (const position of index.near(need)) {
      if (violationsOf(need, offers[position]!, 1).length > 0) continue;
      admissible.push({ position, score: scoreOf(need, offers[position]!, weights) });
    }
    if (admissible.length > perNeed) {
      admissible.sort((a, b) => b.score - a.score || a.position - b.position);
      admissible = admissible.slice(0, perNeed).sort((a, b) => a.position - b.position);
    }
    if (offer.length + admissible.length > MAX_EDGES) {
      throw new AssignmentInputError("TOO_MANY", "needs", `more than ${MAX_EDGES} candidates; set candidatesPerNeed`);
    }
    for (const candidate of admissible) {
      offer.push(candidate.position);
      score.push(candidate.score);
    }
    start[i + 1] = offer.length;
  });
  return { start, offer: Int32Array.from(offer), score: Float64Array.from(score) };
}

/** How many offers are looked at for one need that none can serve. */
export const NEAREST_SCAN = 2_000;

/**
 * The offers that break the fewest constraints of a need, then those with the higher score, then by id. The offers that the
 * index holds near are looked at first, then the rest by id, NEAREST_SCAN at most.
 */
export function nearestOffers(
  need: PreparedNeed,
  offers: readonly PreparedOffer[],
  index: OfferIndex,
  weights: Weights,
  most: number,
): number[] {
  const near = index.near(need).slice(0, NEAREST_SCAN);
  const seen = new Set(near);
  for (let position = 0; position < offers.length && seen.size < NEAREST_SCAN; position++) seen.add(position);
  return [...seen]
    .map((position) => {
      const offer = offers[position]!;
      return { position, violations: violationsOf(need, offer).length, score: scoreOf(need, offer, weights) };
    })
    .sort((a, b) => a.violations - b.violations || b.score - a.score || a.position - b.position)
    .slice(0, most)
    .map(({ position }) => position);
}

/** Sorts profiles into id order: positions then stand for ids in every tie. */
export const byId = <P extends { readonly profile: { readonly id: string } }>(prepared: P[]): P[] =>
  prepared.sort((a, b) => compareIds(a.profile.id, b.profile.id));

const key = (kind: string, value: string) => `${kind}\0${value}`;

function add(map: Map<string, number[]>, at: string, position: number): void {
  const list = map.get(at);
  if (list === undefined) map.set(at, [position]);
  else list.push(position);
}
