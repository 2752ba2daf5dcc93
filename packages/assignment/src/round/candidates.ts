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
  private readonly seenIn: Int32Array;
  private turn = 0;

  constructor(offers: readonly PreparedOffer[]) {
    this.seenIn = new Int32Array(offers.length);
    offers.forEach(({ kinds, capabilities, coverage }, position) => {
      for (const kind of kinds) {
        for (const capability of capabilities) add(this.byCapability, key(kind, capability), position);
        if (coverage.size === 0) add(this.byRegion, key(kind, EVERYWHERE), position);
        for (const code of coverage) add(this.byRegion, key(kind, code), position);
      }
    });
  }

  /**
   * The offers of the need's kind that share a tag with it (if it has tags) and cover its place, ascending: none that could serve it
   * is left out.
   */
  near(need: PreparedNeed): Int32Array {
    const covering = this.collect(this.covering(need));
    if (need.tags.length === 0) return Int32Array.from(covering).sort();
    const turn = this.turn;
    const capable = this.capable(need).map((list) => list.filter((position) => this.seenIn[position] === turn));
    return Int32Array.from(this.collect(capable)).sort();
  }

  /** At most `most` offers, the likeliest first: those `near`, those of its kind that share a tag or cover its place, the rest by id. */
  likeliest(need: PreparedNeed, most: number): number[] {
    const found = this.collect([this.near(need), ...this.capable(need), ...this.covering(need)], most);
    for (let position = 0; position < this.seenIn.length && found.length < most; position++) {
      if (this.seenIn[position] !== this.turn) found.push(position);
    }
    return found;
  }

  private capable({ profile: { kind }, tags }: PreparedNeed): number[][] {
    return tags.map((tag) => this.byCapability.get(key(kind, tag)) ?? []);
  }

  private covering({ profile: { kind, place } }: PreparedNeed): number[][] {
    return [...place, EVERYWHERE].map((code) => this.byRegion.get(key(kind, code)) ?? []);
  }

  /** Each position once, in the order of the lists; leaves them marked with the present turn. */
  private collect(lists: readonly (readonly number[] | Int32Array)[], most = Number.POSITIVE_INFINITY): number[] {
    const turn = ++this.turn;
    const all: number[] = [];
    for (const list of lists) {
      for (const position of list) {
        if (all.length >= most) return all;
        if (this.seenIn[position] === turn) continue;
        this.seenIn[position] = turn;
        all.push(position);
      }
    }
    return all;
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
  excluded: Exclusions,
): Candidates {
  const start = new Int32Array(needs.length + 1);
  const offer: number[] = [];
  const score: number[] = [];
  needs.forEach((need, i) => {
    let admissible: { readonly position: number; readonly score: number }[] = [];
    const without = excluded.get(need.profile.id);
    for (const position of index.near(need)) {
      if (without?.has(offers[position]!.profile.id)) continue;
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

/** The offers that each need may not be given. */
export type Exclusions = ReadonlyMap<string, ReadonlySet<string>>;

/** How many offers are looked at for one need that none can serve. */
export const NEAREST_SCAN = 500;

/**
 * The offers that break the fewest constraints of a need, then those with the higher score, then by id: among the NEAREST_SCAN likeliest
 * ones (see `OfferIndex.likeliest`), so exactly that in a round of up to NEAREST_SCAN offers.
 */
export function nearestOffers(
  need: PreparedNeed,
  offers: readonly PreparedOffer[],
  index: OfferIndex,
  weights: Weights,
  most: number,
): number[] {
  const best: { readonly position: number; readonly violations: number; readonly score: number }[] = [];
  if (most === 0) return [];
  for (const position of index.likeliest(need, NEAREST_SCAN)) {
    const offer = offers[position]!;
    const worst = best.length < most ? Number.POSITIVE_INFINITY : best[best.length - 1]!.violations;
    const violations = violationsOf(need, offer, worst + 1).length;
    if (violations > worst) continue;
    best.push({ position, violations, score: scoreOf(need, offer, weights) });
    best.sort((a, b) => a.violations - b.violations || b.score - a.score || a.position - b.position);
    if (best.length > most) best.pop();
  }
  return best.map(({ position }) => position);
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
