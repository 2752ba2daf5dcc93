import fc from "fast-check";
import type { NeedProfile, OfferProfile } from "..";

/** A need that `offer()` serves without a violation. */
export const need = (change: Partial<NeedProfile> = {}): NeedProfile => ({
  id: "need",
  kind: "SERVICE",
  tags: ["养老", "助餐"],
  place: ["51", "5101", "510112", "510112003", "510112003001"],
  budgetMin: 1_000_00,
  budgetMax: 3_000_00,
  currency: "CNY",
  startsOn: "2024-03-01",
  endsOn: "2024-03-10",
  requiredQualifications: ["food"],
  beneficiaries: 40,
  quantity: 2,
  ...change,
});

export const offer = (change: Partial<OfferProfile> = {}): OfferProfile => ({
  id: "offer",
  kinds: ["SERVICE", "EXPERT"],
  capabilities: ["助餐", "理发"],
  price: 1_000_00,
  currency: "CNY",
  capacity: 3,
  coverage: ["510112", "510116"],
  availableFrom: "2024-03-06",
  availableTo: null,
  qualifications: ["food", "first aid"],
  cases: ["a", "b"],
  ...change,
});

const some = <T>(...items: T[]) => fc.subarray(items);
const date = fc.constantFrom("2024-02-28", "2024-02-29", "2024-03-01", "2024-03-15", "2024-04-01");
const period = fc.tuple(date, date, fc.nat(5)).map(([a, b, open]) => {
  const [from, to] = a < b ? [a, b] : [b, a];
  return { from: open === 0 ? null : from, to: open === 1 ? null : to } as const;
});

const anyNeed = fc
  .record({
    kind: fc.constantFrom("SERVICE", "GOODS"),
    tags: some("a", "b", "c"),
    street: fc.constantFrom("510112003", "510112004", "510116001"),
    budget: fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 })),
    currency: fc.constantFrom("CNY", "CNY", "CNY", "TWD"),
    period,
    requiredQualifications: some("q"),
    quantity: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ street, budget, period: { from, to }, ...rest }) => ({
    ...rest,
    place: [street.slice(0, 6), street],
    budgetMin: Math.min(...budget),
    budgetMax: Math.max(...budget) * 3,
    startsOn: from,
    endsOn: to,
    beneficiaries: null,
  }));

const anyOffer = fc
  .record({
    kinds: some("SERVICE", "GOODS"),
    capabilities: some("a", "b", "c"),
    price: fc.option(fc.integer({ min: 0, max: 500 })),
    currency: fc.constantFrom("CNY", "CNY", "CNY", "TWD"),
    capacity: fc.nat(3),
    coverage: some("510112", "510112004", "510116", "510116001"),
    period,
    qualifications: some("q", "r", "s"),
    cases: some("x", "y"),
  })
  .map(({ period: { from, to }, ...rest }) => ({ ...rest, availableFrom: from, availableTo: to }));

/** Rounds in which some needs match, some compete and some are blocked. */
export const anyRound: fc.Arbitrary<{ needs: NeedProfile[]; offers: OfferProfile[] }> = fc.record({
  needs: fc.array(anyNeed, { maxLength: 7 }).map((all) => all.map((profile, i) => ({ id: `n${i}`, ...profile }))),
  offers: fc.array(anyOffer, { maxLength: 7 }).map((all) => all.map((profile, i) => ({ id: `o${i}`, ...profile }))),
});

/** Rounds in which nearly everything is admissible and units are scarce. */
export const crowdedRound: fc.Arbitrary<{ needs: NeedProfile[]; offers: OfferProfile[] }> = fc.record({
  needs: fc
    .array(fc.record({ tags: fc.subarray(["a", "b", "c", "d", "e"], { minLength: 1 }), quantity: fc.integer({ min: 1, max: 2 }) }), {
      maxLength: 6,
    })
    .map((all) => all.map((change, i) => need({ id: `n${i}`, ...change }))),
  offers: fc
    .array(
      fc.record({
        capabilities: fc.subarray(["a", "b", "c", "d", "e"], { minLength: 2 }),
        price: fc.integer({ min: 0, max: 1_600_00 }),
        capacity: fc.integer({ min: 1, max: 2 }),
      }),
      { maxLength: 4 },
    )
    .map((all) => all.map((change, i) => offer({ id: `o${i}`, ...change }))),
});
