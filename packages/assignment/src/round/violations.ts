/** Who would have to move. */
export type Side = "NEED" | "OFFER";

/** A step that would lift a block, as plain data. */
export type Unblock =
  | { readonly side: "OFFER"; readonly change: "ADD_KIND"; readonly values: readonly string[] }
  /** One of the values is enough. */
  | { readonly side: Side; readonly change: "ADD_CAPABILITY"; readonly values: readonly string[] }
  | { readonly side: "OFFER"; readonly change: "ADD_COVERAGE"; readonly values: readonly string[] }
  | { readonly side: "NEED"; readonly change: "RAISE_BUDGET"; readonly by: number; readonly currency: string }
  /** `by` is for one unit. */
  | { readonly side: "OFFER"; readonly change: "LOWER_PRICE"; readonly by: number; readonly currency: string }
  | { readonly side: Side; readonly change: "RESTATE_CURRENCY"; readonly values: readonly string[] }
  /** The need's period begins earlier or ends later by so many days. */
  | { readonly side: "NEED"; readonly change: "EXTEND_PERIOD"; readonly by: number; readonly end: "START" | "END" }
  | { readonly side: "OFFER"; readonly change: "EXTEND_AVAILABILITY"; readonly by: number; readonly end: "START" | "END" }
  /** All of the values are wanted. */
  | { readonly side: "OFFER"; readonly change: "OBTAIN_QUALIFICATION"; readonly values: readonly string[] }
  /**
   * `worth` is what the round's value gains by the first of the units. `minimal`: with that one unit an optimal assignment serves the
   * need (or, where scores tie exactly, another that is as good). Otherwise `by` is enough whatever the others do, and fewer may be.
   */
  | { readonly side: "OFFER"; readonly change: "RAISE_CAPACITY"; readonly by: number; readonly worth?: number; readonly minimal: boolean };

interface Facts {
  KIND_MISMATCH: { readonly wanted: string; readonly offered: readonly string[] };
  NO_SHARED_CAPABILITY: { readonly wanted: readonly string[]; readonly offered: readonly string[] };
  /** `place` is the need's region path, widest first. */
  OUT_OF_COVERAGE: { readonly place: readonly string[]; readonly covered: readonly string[] };
  CURRENCY_MISMATCH: { readonly needCurrency: string; readonly offerCurrency: string };
  /** Minor units; `cost` = `price` x `quantity`, `over` = `cost` - `budgetMax`. */
  OVER_BUDGET: {
    readonly cost: number;
    readonly price: number;
    readonly quantity: number;
    readonly budgetMax: number;
    readonly over: number;
    readonly currency: string;
  };
  NO_PERIOD_OVERLAP: {
    readonly startsOn: string | null;
    readonly endsOn: string | null;
    readonly availableFrom: string | null;
    readonly availableTo: string | null;
    /** Days by which one of the two would have to reach out to share one day. */
    readonly gapDays: number;
  };
  MISSING_QUALIFICATION: { readonly missing: readonly string[]; readonly held: readonly string[] };
  CAPACITY_ZERO: { readonly capacity: 0 };
}

export type ViolationReason = keyof Facts;

/** The hard constraints, in the order in which they are checked. */
export const VIOLATION_REASONS = [
  "KIND_MISMATCH",
  "NO_SHARED_CAPABILITY",
  "OUT_OF_COVERAGE",
  "CURRENCY_MISMATCH",
  "OVER_BUDGET",
  "NO_PERIOD_OVERLAP",
  "MISSING_QUALIFICATION",
  "CAPACITY_ZERO",
] as const satisfies readonly ViolationReason[];

/** Why an offer cannot serve a need, and each single step that would lift it. */
export type Violation = {
  [R in ViolationReason]: { readonly reason: R; readonly facts: Facts[R]; readonly unblock: readonly Unblock[] };
}[ViolationReason];
