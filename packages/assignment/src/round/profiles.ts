/** What a need asks for, as plain data. Texts to be compared are already folded to search keys by the caller. */
export interface NeedProfile {
  /** 1 to 1,024 characters without NUL, unique among the needs of a round. */
  readonly id: string;
  readonly kind: string;
  /** Search keys of what is wanted; none: any capability will do. */
  readonly tags: readonly string[];
  /** Codes of the regions that the community lies in or is run by, widest first, its own code last. */
  readonly place: readonly string[];
  /** Below this, a price is as good as it can be. Minor units for the whole need, 0..MAX_AMOUNT; null: 0. */
  readonly budgetMin: number | null;
  /** The most the whole need (all its units) may cost. Minor units, 0..MAX_AMOUNT; null: no ceiling. */
  readonly budgetMax: number | null;
  /** ISO 4217 code of the budget. */
  readonly currency: string;
  /** First and last day, ISO dates, both included; null: open on that side. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly requiredQualifications: readonly string[];
  /** People who would benefit; null: not stated. It is told beside the cost and does not change the score. */
  readonly beneficiaries: number | null;
  /** Units wanted, 1..MAX_UNITS. */
  readonly quantity: number;
}

/** What an offer brings, as plain data. */
export interface OfferProfile {
  /** 1 to 1,024 characters without NUL, unique among the offers of a round. */
  readonly id: string;
  /** The kinds of need it can serve. */
  readonly kinds: readonly string[];
  /** Search keys of what it can do. */
  readonly capabilities: readonly string[];
  /** Price of one unit in minor units, 0..MAX_AMOUNT; null: by negotiation. */
  readonly price: number | null;
  /** ISO 4217 code of the price. */
  readonly currency: string;
  /** Units it can serve in the round, 0..MAX_UNITS. */
  readonly capacity: number;
  /** Codes of the regions it serves, with all that lies in them; none: everywhere. */
  readonly coverage: readonly string[];
  /** First and last day, ISO dates, both included; null: open on that side. */
  readonly availableFrom: string | null;
  readonly availableTo: string | null;
  readonly qualifications: readonly string[];
  /** Cases that it can show. */
  readonly cases: readonly string[];
}

/** 10^12 minor units: ten billion yuan. */
export const MAX_AMOUNT = 1_000_000_000_000;
export const MAX_UNITS = 1_000_000;
