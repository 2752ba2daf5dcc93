import { type PreparedNeed, type PreparedOffer, prepareNeed, prepareOffer, totalCost } from "./prepare";
import type { NeedProfile, OfferProfile } from "./profiles";
import type { Violation, ViolationReason } from "./violations";

/**
 * Every hard constraint that keeps an offer from serving a need; none: it may. What a side leaves open (no tags, no price, no
 * ceiling, no coverage, an open period) restricts nothing.
 *
 * @throws AssignmentInputError when a profile is malformed
 */
export function checkConstraints(need: NeedProfile, offer: OfferProfile): Violation[] {
  return violationsOf(prepareNeed(need), prepareOffer(offer));
}

/** `checkConstraints` for profiles that are already checked; stops after `most` violations. */
export function violationsOf(need: PreparedNeed, offer: PreparedOffer, most = Number.POSITIVE_INFINITY): Violation[] {
  const found: Violation[] = [];
  for (const rule of RULES) {
    if (found.length >= most) break;
    const violation = rule(need, offer);
    if (violation !== null) found.push(violation);
  }
  return found;
}

type Rule<R extends ViolationReason> = (need: PreparedNeed, offer: PreparedOffer) => Extract<Violation, { reason: R }> | null;

const sharesKind: Rule<"KIND_MISMATCH"> = ({ profile: { kind } }, { profile, kinds }) =>
  kinds.has(kind)
    ? null
    : {
        reason: "KIND_MISMATCH",
        facts: { wanted: kind, offered: profile.kinds },
        unblock: [{ side: "OFFER", change: "ADD_KIND", values: [kind] }],
      };

const sharesCapability: Rule<"NO_SHARED_CAPABILITY"> = ({ tags }, { profile, capabilities }) => {
  if (tags.length === 0 || tags.some((tag) => capabilities.has(tag))) return null;
  const offered = [...capabilities];
  return {
    reason: "NO_SHARED_CAPABILITY",
    facts: { wanted: tags, offered: profile.capabilities },
    unblock: [
      { side: "OFFER", change: "ADD_CAPABILITY", values: tags },
      ...(offered.length === 0 ? [] : [{ side: "NEED", change: "ADD_CAPABILITY", values: offered } as const]),
    ],
  };
};

const covers: Rule<"OUT_OF_COVERAGE"> = ({ profile: { place } }, { profile, coverage }) => {
  if (coverage.size === 0 || place.some((code) => coverage.has(code))) return null;
  const narrowest = place.slice(-1);
  return {
    reason: "OUT_OF_COVERAGE",
    facts: { place, covered: profile.coverage },
    unblock: narrowest.length === 0 ? [] : [{ side: "OFFER", change: "ADD_COVERAGE", values: narrowest }],
  };
};

/** A price that is free or by negotiation has no currency to disagree about, nor has a budget without a ceiling. */
const pricesMeet = ({ budgetMax }: NeedProfile, { price }: OfferProfile): boolean => price !== null && price > 0 && budgetMax !== null;

const sameCurrency: Rule<"CURRENCY_MISMATCH"> = ({ profile: need }, { profile: offer }) =>
  !pricesMeet(need, offer) || need.currency === offer.currency
    ? null
    : {
        reason: "CURRENCY_MISMATCH",
        facts: { needCurrency: need.currency, offerCurrency: offer.currency },
        unblock: [
          { side: "OFFER", change: "RESTATE_CURRENCY", values: [need.currency] },
          { side: "NEED", change: "RESTATE_CURRENCY", values: [offer.currency] },
        ],
      };

const withinBudget: Rule<"OVER_BUDGET"> = ({ profile: need }, { profile: offer }) => {
  const { budgetMax, quantity, currency } = need;
  const { price } = offer;
  if (price === null || price === 0 || budgetMax === null || currency !== offer.currency) return null;
  const cost = totalCost(price, quantity);
  if (cost <= budgetMax) return null;
  return {
    reason: "OVER_BUDGET",
    facts: { cost, price, quantity, budgetMax, over: cost - budgetMax, currency },
    unblock: [
      { side: "NEED", change: "RAISE_BUDGET", by: cost - budgetMax, currency },
      { side: "OFFER", change: "LOWER_PRICE", by: price - Math.floor(budgetMax / quantity), currency },
    ],
  };
};

const periodsOverlap: Rule<"NO_PERIOD_OVERLAP"> = (need, offer) => {
  const late = offer.firstDay - need.lastDay;
  const early = need.firstDay - offer.lastDay;
  if (late <= 0 && early <= 0) return null;
  const { startsOn, endsOn } = need.profile;
  const { availableFrom, availableTo } = offer.profile;
  const gapDays = Math.max(late, early);
  return {
    reason: "NO_PERIOD_OVERLAP",
    facts: { startsOn, endsOn, availableFrom, availableTo, gapDays },
    unblock: [
      { side: "OFFER", change: "EXTEND_AVAILABILITY", by: gapDays, end: late > 0 ? "START" : "END" },
      { side: "NEED", change: "EXTEND_PERIOD", by: gapDays, end: late > 0 ? "END" : "START" },
    ],
  };
};

const qualified: Rule<"MISSING_QUALIFICATION"> = ({ required }, { profile, qualifications }) => {
  if (required.every((name) => qualifications.has(name))) return null;
  const missing = required.filter((name) => !qualifications.has(name));
  return {
    reason: "MISSING_QUALIFICATION",
    facts: { missing, held: profile.qualifications },
    unblock: [{ side: "OFFER", change: "OBTAIN_QUALIFICATION", values: missing }],
  };
};

const hasCapacity: Rule<"CAPACITY_ZERO"> = (_, { profile: { capacity } }) =>
  capacity > 0
    ? null
    : {
        reason: "CAPACITY_ZERO",
        facts: { capacity: 0 },
        unblock: [{ side: "OFFER", change: "RAISE_CAPACITY", by: 1, minimal: true }],
      };

const RULES: readonly ((need: PreparedNeed, offer: PreparedOffer) => Violation | null)[] = [
  sharesKind,
  sharesCapability,
  covers,
  sameCurrency,
  withinBudget,
  periodsOverlap,
  qualified,
  hasCapacity,
];
