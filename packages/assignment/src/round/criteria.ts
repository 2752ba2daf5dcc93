import { AssignmentInputError } from "../solver/errors";
import { type PreparedNeed, type PreparedOffer, prepareNeed, prepareOffer, totalCost } from "./prepare";
import type { NeedProfile, OfferProfile } from "./profiles";

export const CRITERIA = ["CAPABILITY_FIT", "BUDGET_FIT", "PERIOD_FIT", "PROXIMITY", "TRACK_RECORD", "QUALIFICATION_SURPLUS"] as const;

export type Criterion = (typeof CRITERIA)[number];

/** How much each criterion counts: integers >= 0 that sum to WEIGHT_TOTAL. */
export type Weights = Readonly<Record<Criterion, number>>;

export const WEIGHT_TOTAL = 1000;
/** The best value of a criterion. */
export const FULL_VALUE = 1000;
/** The value where the offer leaves open what the criterion asks about. */
export const UNSTATED_VALUE = 500;
/** So many cases, or more, are a full track record. */
export const CASES_FOR_FULL_VALUE = 5;
/** So many qualifications beyond the required ones, or more, are a full surplus. */
export const SURPLUS_FOR_FULL_VALUE = 3;

export const DEFAULT_WEIGHTS: Weights = {
  CAPABILITY_FIT: 350,
  BUDGET_FIT: 200,
  PERIOD_FIT: 150,
  PROXIMITY: 150,
  TRACK_RECORD: 100,
  QUALIFICATION_SURPLUS: 50,
};

interface Facts {
  /** Which of the wanted tags are there. */
  CAPABILITY_FIT: { readonly shared: readonly string[]; readonly wanted: number };
  /** Minor units for the whole need; null: not stated. `perBeneficiary` is rounded up. */
  BUDGET_FIT: {
    readonly cost: number | null;
    readonly budgetMin: number | null;
    readonly budgetMax: number | null;
    readonly perBeneficiary: number | null;
    readonly currency: string;
  };
  /** Days of the need's period, and how many of them the offer is available; null: the need's period is open. */
  PERIOD_FIT: { readonly days: number | null; readonly availableDays: number | null };
  /** The narrowest region of the need's path that the offer names, how many levels deep, of how many; null: it serves everywhere. */
  PROXIMITY: { readonly region: string | null; readonly level: number; readonly levels: number };
  TRACK_RECORD: { readonly cases: number };
  QUALIFICATION_SURPLUS: { readonly surplus: readonly string[] };
}

/** One criterion's part in a score: `contribution` = `weight` x `value`, and `value` is 0..FULL_VALUE. */
export type Factor = {
  [C in Criterion]: {
    readonly criterion: C;
    readonly weight: number;
    readonly value: number;
    readonly contribution: number;
    readonly facts: Facts[C];
  };
}[Criterion];

export interface CandidateScore {
  /** Exactly the sum of the contributions: 0..WEIGHT_TOTAL x FULL_VALUE (one million). */
  readonly score: number;
  readonly factors: readonly Factor[];
}

/**
 * How well an offer fits a need, criterion by criterion. What the need does not ask for is fulfilled; what the offer leaves open
 * counts UNSTATED_VALUE. Shares are rounded down. Hard constraints are not looked at (see `checkConstraints`).
 *
 * @throws AssignmentInputError when a profile is malformed or the weights do not sum to WEIGHT_TOTAL
 */
export function scoreCandidate(need: NeedProfile, offer: OfferProfile, weights: Weights): CandidateScore {
  checkWeights(weights);
  return factorsOf(prepareNeed(need), prepareOffer(offer), weights);
}

/** @throws AssignmentInputError WEIGHTS_UNBALANCED, NOT_AN_INTEGER or OUT_OF_RANGE */
export function checkWeights(weights: Weights): void {
  let sum = 0;
  for (const criterion of CRITERIA) {
    const weight = weights[criterion];
    if (!Number.isSafeInteger(weight)) throw new AssignmentInputError("NOT_AN_INTEGER", `weights.${criterion}`, "a safe integer is wanted");
    if (weight < 0 || weight > WEIGHT_TOTAL) {
      throw new AssignmentInputError("OUT_OF_RANGE", `weights.${criterion}`, `0 to ${WEIGHT_TOTAL} is wanted`);
    }
    sum += weight;
  }
  if (sum !== WEIGHT_TOTAL) throw new AssignmentInputError("WEIGHTS_UNBALANCED", "weights", `the weights must sum to ${WEIGHT_TOTAL}`);
}

/** The score alone, without the objects that explain it. */
export function scoreOf(need: PreparedNeed, offer: PreparedOffer, weights: Weights): number {
  let score = 0;
  for (const criterion of CRITERIA) score += weights[criterion] * MEASURES[criterion].value(need, offer);
  return score;
}

export function factorsOf(need: PreparedNeed, offer: PreparedOffer, weights: Weights): CandidateScore {
  const factors = CRITERIA.map((criterion) => {
    const { value, facts } = MEASURES[criterion];
    const reached = value(need, offer);
    const weight = weights[criterion];
    return { criterion, weight, value: reached, contribution: weight * reached, facts: facts(need, offer) } as Factor;
  });
  return { score: factors.reduce((sum, { contribution }) => sum + contribution, 0), factors };
}

interface Measure<C extends Criterion> {
  readonly value: (need: PreparedNeed, offer: PreparedOffer) => number;
  readonly facts: (need: PreparedNeed, offer: PreparedOffer) => Facts[C];
}

/** part / whole in thousandths, rounded down and kept within 0..FULL_VALUE; exact for parts up to MAX_AMOUNT. */
function share(part: number, whole: number): number {
  if (whole <= 0 || part >= whole) return FULL_VALUE;
  return part <= 0 ? 0 : Math.floor((part * FULL_VALUE) / whole);
}

const costOf = (need: PreparedNeed, offer: PreparedOffer): number | null =>
  offer.profile.price === null ? null : totalCost(offer.profile.price, need.profile.quantity);

/** Depth of the narrowest region in the need's path that the offer names, from 1; 0 when it names none. */
const levelOf = (need: PreparedNeed, offer: PreparedOffer): number =>
  need.profile.place.findLastIndex((code) => offer.coverage.has(code)) + 1;

const periodOf = (need: PreparedNeed, offer: PreparedOffer): Facts["PERIOD_FIT"] => {
  const days = need.lastDay - need.firstDay + 1;
  if (!Number.isFinite(days)) return { days: null, availableDays: null };
  const shared = Math.min(need.lastDay, offer.lastDay) - Math.max(need.firstDay, offer.firstDay) + 1;
  return { days, availableDays: Math.max(0, shared) };
};

const MEASURES: { readonly [C in Criterion]: Measure<C> } = {
  CAPABILITY_FIT: {
    value: ({ tags }, { capabilities }) =>
      share(
        tags.reduce((n, tag) => n + (capabilities.has(tag) ? 1 : 0), 0),
        tags.length,
      ),
    facts: ({ tags }, { capabilities }) => ({ shared: tags.filter((tag) => capabilities.has(tag)), wanted: tags.length }),
  },
  BUDGET_FIT: {
    value: (need, offer) => {
      const cost = costOf(need, offer);
      const { budgetMin, budgetMax } = need.profile;
      if (cost === null) return UNSTATED_VALUE;
      if (budgetMax === null || cost <= (budgetMin ?? 0)) return FULL_VALUE;
      return cost > budgetMax ? 0 : share(budgetMax - cost, budgetMax - (budgetMin ?? 0));
    },
    facts: (need, offer) => {
      const cost = costOf(need, offer);
      const { budgetMin, budgetMax, beneficiaries } = need.profile;
      const perBeneficiary = cost === null || !beneficiaries ? null : Math.ceil(cost / beneficiaries);
      const currency = cost === null || cost === 0 ? need.profile.currency : offer.profile.currency;
      return { cost, budgetMin, budgetMax, perBeneficiary, currency };
    },
  },
  PERIOD_FIT: {
    value: (need, offer) => {
      const { days, availableDays } = periodOf(need, offer);
      return days === null ? FULL_VALUE : share(availableDays!, days);
    },
    facts: periodOf,
  },
  PROXIMITY: {
    value: (need, offer) => {
      if (offer.coverage.size === 0) return UNSTATED_VALUE;
      const level = levelOf(need, offer);
      return level === 0 ? 0 : share(level, need.profile.place.length);
    },
    facts: (need, offer) => {
      const level = levelOf(need, offer);
      return { region: need.profile.place[level - 1] ?? null, level, levels: need.profile.place.length };
    },
  },
  TRACK_RECORD: {
    value: (_, offer) => share(offer.profile.cases.length, CASES_FOR_FULL_VALUE),
    facts: (_, offer) => ({ cases: offer.profile.cases.length }),
  },
  QUALIFICATION_SURPLUS: {
    value: ({ required }, { qualifications }) => {
      const met = required.reduce((n, name) => n + (qualifications.has(name) ? 1 : 0), 0);
      return share(qualifications.size - met, SURPLUS_FOR_FULL_VALUE);
    },
    facts: ({ required }, { qualifications }) => ({ surplus: [...qualifications].filter((name) => !required.includes(name)) }),
  },
};
