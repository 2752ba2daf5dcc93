import fc from "fast-check";
import {
  type AssignmentEdge,
  checkConstraints,
  DEFAULT_WEIGHTS,
  matchRound,
  type NeedProfile,
  type OfferProfile,
  scoreCandidate,
  solveAssignment,
} from "..";
import { anyRound, crowdedRound, need, offer } from "../testing/profiles";

const solve = (needs: readonly NeedProfile[], offers: readonly OfferProfile[], options = {}) =>
  matchRound(needs, offers, DEFAULT_WEIGHTS, options);
const raise = (offers: readonly OfferProfile[], id: string, by: number) =>
  offers.map((o) => (o.id === id ? { ...o, capacity: o.capacity + by } : o));
const rounds = fc.oneof(anyRound, crowdedRound);

/** Every admissible pair, found by trying all. */
const admissible = (needs: readonly NeedProfile[], offers: readonly OfferProfile[]): AssignmentEdge[] =>
  needs.flatMap((n) =>
    offers
      .filter((o) => checkConstraints(n, o).length === 0)
      .map((o) => [n.id, o.id, scoreCandidate(n, o, DEFAULT_WEIGHTS).score] as const),
  );

/** The most units that a need has in any optimal assignment: its own pairs decide ties. */
function mostUnits(needs: readonly NeedProfile[], offers: readonly OfferProfile[], id: string): number {
  const { pairs } = solveAssignment({
    left: needs.map((n) => ({ id: n.id, capacity: n.quantity })),
    right: offers.map((o) => ({ id: o.id, capacity: o.capacity })),
    edges: admissible(needs, offers).map(([n, o, score]) => [n, o, score * 1000 + (n === id ? 1 : 0)]),
  });
  return pairs.reduce((sum, [n, , units]) => (n === id ? sum + units : sum), 0);
}

test("is the optimal assignment over all admissible pairs, and accounts for every unit and candidate", () => {
  fc.assert(
    fc.property(rounds, ({ needs, offers }) => {
      const result = solve(needs, offers, { alternativesPerNeed: 100 });
      const edges = admissible(needs, offers);
      const best = solveAssignment({
        left: needs.map(({ id, quantity }) => ({ id, capacity: quantity })),
        right: offers.map(({ id, capacity }) => ({ id, capacity })),
        edges,
      });
      expect(result.value).toBe(best.value);
      expect(result.matches.map(({ needId, offerId, units }) => [needId, offerId, units])).toEqual(best.pairs);
      expect(result.offerPrices.map(({ offerId, price }) => [offerId, price])).toEqual(
        best.prices.right.map(([id, price]) => [id, offers.find((o) => o.id === id)!.capacity === 0 ? 0 : price]),
      );
      const told = [...result.matches, ...result.alternatives].map(({ needId, offerId, score }) => [needId, offerId, score]);
      expect(told.sort()).toEqual([...edges].sort());
      for (const { id, quantity } of needs) {
        const units = result.matches.reduce((sum, match) => (match.needId === id ? sum + match.units : sum), 0);
        expect(units + (result.unmatched.find(({ needId }) => needId === id)?.missingUnits ?? 0)).toBe(quantity);
      }
    }),
    { numRuns: 300 },
  );
});

test("answers the same however needs and offers are listed", () => {
  fc.assert(
    fc.property(rounds, ({ needs, offers }) => {
      expect(solve(needs.toReversed(), offers.toReversed())).toEqual(solve(needs, offers));
    }),
  );
});

test("what is said to unblock a need that lost does so when the round is solved again", () => {
  let minimal = 0;
  let sufficient = 0;
  fc.assert(
    fc.property(crowdedRound, ({ needs, offers }) => {
      const result = solve(needs, offers);
      for (const { needId, missingUnits, blockedBy, unblock } of result.unmatched) {
        if (!blockedBy.some(({ reason }) => reason === "CAPACITY_TAKEN")) continue;
        expect(unblock.length).toBeGreaterThan(0);
        for (const step of unblock) {
          if (step.change !== "RAISE_CAPACITY") throw new Error(`unexpected step ${step.change}`);
          const one = solve(needs, raise(offers, step.offerId, 1));
          expect(one.value - result.value).toBe(step.worth);
          if (step.minimal) {
            minimal++;
            const had = needs.find(({ id }) => id === needId)!.quantity - missingUnits;
            expect(mostUnits(needs, raise(offers, step.offerId, 1), needId)).toBeGreaterThan(had);
          } else {
            sufficient++;
            const enough = solve(needs, raise(offers, step.offerId, step.by));
            expect(enough.unmatched.map((other) => other.needId)).not.toContain(needId);
          }
        }
      }
    }),
    { numRuns: 500 },
  );
  expect(minimal).toBeGreaterThan(50);
  expect(sufficient).toBeGreaterThan(50);
});

test("tells who took the capacity, by how much the need is short, and what the next unit is worth", () => {
  const needs = [need({ id: "a", quantity: 1 }), need({ id: "b", quantity: 1, tags: ["养老", "助餐", "x"] })];
  const offers = [offer({ id: "o", capacity: 1 })];
  const scores = needs.map((n) => scoreCandidate(n, offers[0]!, DEFAULT_WEIGHTS).score);
  expect(scores[0]).toBeGreaterThan(scores[1]!);
  const result = solve(needs, offers);
  const step = { side: "OFFER", change: "RAISE_CAPACITY", by: 1, worth: scores[1], minimal: true };
  expect(result.unmatched).toEqual([
    {
      needId: "b",
      missingUnits: 1,
      blockedBy: [
        {
          offerId: "o",
          reason: "CAPACITY_TAKEN",
          facts: { capacity: 1, score: scores[1], price: scores[1], shortBy: 0, takenBy: [{ needId: "a", units: 1 }] },
          unblock: [step],
        },
      ],
      unblock: [{ ...step, offerId: "o" }],
    },
  ]);
  expect(result.alternatives).toMatchObject([{ needId: "b", offerId: "o", score: scores[1] }]);
  const again = solve(needs, raise(offers, "o", 1));
  expect(again.unmatched).toEqual([]);
  expect(again.value - result.value).toBe(scores[1]);
});

test("a need that none can serve sees the offers with the fewest violations, and each step", () => {
  const offers = [
    offer({ id: "far and dear", coverage: ["11"], price: 9_000_00 }),
    offer({ id: "unqualified", qualifications: [] }),
    offer({ id: "other", kinds: ["GOODS"] }),
    offer({ id: "best of other", kinds: ["GOODS"], cases: ["a", "b", "c", "d", "e"] }),
  ];
  const [blocked] = solve([need()], offers, { blockersPerNeed: 3 }).unmatched;
  expect(blocked).toMatchObject({ needId: "need", missingUnits: 2 });
  expect(blocked!.blockedBy.map(({ offerId, reason }) => [offerId, reason])).toEqual([
    ["best of other", "KIND_MISMATCH"],
    ["other", "KIND_MISMATCH"],
    ["unqualified", "MISSING_QUALIFICATION"],
  ]);
  expect(blocked!.unblock).toContainEqual({ offerId: "unqualified", side: "OFFER", change: "OBTAIN_QUALIFICATION", values: ["food"] });
  expect(solve([need()], offers, { blockersPerNeed: 0 }).unmatched).toEqual([
    { needId: "need", missingUnits: 2, blockedBy: [], unblock: [] },
  ]);
  expect(solve([need()], []).unmatched).toEqual([{ needId: "need", missingUnits: 2, blockedBy: [], unblock: [] }]);
});

test("candidatesPerNeed keeps the best ones, alternatives come best first", () => {
  const offers = [1, 2, 3, 4].map((n) => offer({ id: `o${n}`, capacity: 1, cases: Array.from({ length: n }, () => "case") }));
  const one = [need({ quantity: 1 })];
  expect(solve(one, offers).alternatives.map(({ offerId }) => offerId)).toEqual(["o3", "o2", "o1"]);
  expect(solve(one, offers, { alternativesPerNeed: 1 }).alternatives.map(({ offerId }) => offerId)).toEqual(["o3"]);
  const bounded = solve(one, offers, { candidatesPerNeed: 2 });
  expect([...bounded.matches, ...bounded.alternatives].map(({ offerId }) => offerId)).toEqual(["o4", "o3"]);
});

test.each<[string, () => unknown, string, string]>([
  ["two needs of one id", () => solve([need(), need()], []), "DUPLICATE_ID", "needs[1].id"],
  ["two offers of one id", () => solve([], [offer(), offer()]), "DUPLICATE_ID", "offers[1].id"],
  ["a malformed offer", () => solve([], [offer(), offer({ id: "x", price: Number.NaN })]), "NOT_AN_INTEGER", "offers[1].price"],
  ["no candidates wanted", () => solve([], [], { candidatesPerNeed: 0 }), "OUT_OF_RANGE", "options.candidatesPerNeed"],
  ["half an alternative", () => solve([], [], { alternativesPerNeed: 0.5 }), "NOT_AN_INTEGER", "options.alternativesPerNeed"],
  ["unbalanced weights", () => matchRound([], [], { ...DEFAULT_WEIGHTS, PROXIMITY: 0 }, {}), "WEIGHTS_UNBALANCED", "weights"],
])("refuses %s", (_, run, code, path) => {
  expect(run).toThrow(expect.objectContaining({ name: "AssignmentInputError", code, path }));
});

test("a pair that is excluded is never chosen, and the rest is still the best there is", () => {
  const needs = [need({ id: "n1", quantity: 1 }), need({ id: "n2", quantity: 1 })];
  const offers = [offer({ id: "o1", capacity: 1, cases: ["a", "b", "c"] }), offer({ id: "o2", capacity: 1 })];
  const name = ({ needId, offerId }: { needId: string; offerId: string }) => `${needId} ${offerId}`;
  const free = solve(needs, offers).matches;
  const bound = solve(needs, offers, { excludedPairs: free.map(({ needId, offerId }) => [needId, offerId] as const) });
  expect(free).toHaveLength(2);
  expect(bound.matches).toHaveLength(2);
  expect(bound.matches.map(name).filter((pair) => free.map(name).includes(pair))).toEqual([]);
  const none = solve(needs, offers, { excludedPairs: needs.flatMap((n) => offers.map((o) => [n.id, o.id] as const)) });
  expect(none.matches).toEqual([]);
  expect(none.unmatched.map(({ needId }) => needId)).toEqual(["n1", "n2"]);
});
