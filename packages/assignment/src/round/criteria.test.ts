import fc from "fast-check";
import {
  type Criterion,
  CRITERIA,
  DEFAULT_WEIGHTS,
  type NeedProfile,
  type OfferProfile,
  scoreCandidate,
  WEIGHT_TOTAL,
  type Weights,
} from "..";
import { anyRound, need, offer } from "../testing/profiles";

const factor = (criterion: Criterion, n: Partial<NeedProfile>, o: Partial<OfferProfile>) =>
  scoreCandidate(need(n), offer(o), DEFAULT_WEIGHTS).factors.find((each) => each.criterion === criterion)!;

test("a score is exactly the sum of its contributions", () => {
  expect(scoreCandidate(need(), offer(), DEFAULT_WEIGHTS)).toEqual({
    score: 175_000 + 100_000 + 75_000 + 90_000 + 40_000 + 16_650,
    factors: [
      { criterion: "CAPABILITY_FIT", weight: 350, value: 500, contribution: 175_000, facts: { shared: ["助餐"], wanted: 2 } },
      {
        criterion: "BUDGET_FIT",
        weight: 200,
        value: 500,
        contribution: 100_000,
        facts: { cost: 2_000_00, budgetMin: 1_000_00, budgetMax: 3_000_00, perBeneficiary: 50_00, currency: "CNY" },
      },
      { criterion: "PERIOD_FIT", weight: 150, value: 500, contribution: 75_000, facts: { days: 10, availableDays: 5 } },
      { criterion: "PROXIMITY", weight: 150, value: 600, contribution: 90_000, facts: { region: "510112", level: 3, levels: 5 } },
      { criterion: "TRACK_RECORD", weight: 100, value: 400, contribution: 40_000, facts: { cases: 2 } },
      { criterion: "QUALIFICATION_SURPLUS", weight: 50, value: 333, contribution: 16_650, facts: { surplus: ["first aid"] } },
    ],
  });
});

test.each<[Criterion, string, number, Partial<NeedProfile>, Partial<OfferProfile>]>([
  ["CAPABILITY_FIT", "nothing wanted", 1000, { tags: [] }, {}],
  ["CAPABILITY_FIT", "all", 1000, {}, { capabilities: ["养老", "助餐"] }],
  ["CAPABILITY_FIT", "none", 0, {}, { capabilities: [] }],
  ["CAPABILITY_FIT", "one of three, rounded down", 333, { tags: ["a", "b", "助餐"] }, {}],
  ["CAPABILITY_FIT", "a tag given twice counts once", 500, { tags: ["助餐", "助餐", "x"] }, {}],
  ["BUDGET_FIT", "at the lower end", 1000, {}, { price: 500_00 }],
  ["BUDGET_FIT", "one fen a unit above it", 999, {}, { price: 500_01 }],
  ["BUDGET_FIT", "at the ceiling", 0, {}, { price: 1_500_00 }],
  ["BUDGET_FIT", "above the ceiling", 0, {}, { price: 1_500_01 }],
  ["BUDGET_FIT", "a single sum, met", 1000, { budgetMin: 2_000_00, budgetMax: 2_000_00 }, {}],
  ["BUDGET_FIT", "a single sum, exceeded", 0, { budgetMin: 1_000_00, budgetMax: 1_000_00 }, {}],
  ["BUDGET_FIT", "no lower end", 333, { budgetMin: null }, {}],
  ["BUDGET_FIT", "no ceiling", 1000, { budgetMax: null }, {}],
  ["BUDGET_FIT", "by negotiation", 500, {}, { price: null }],
  ["PERIOD_FIT", "all days", 1000, {}, { availableFrom: null }],
  ["PERIOD_FIT", "the last day", 100, {}, { availableFrom: "2024-03-10" }],
  ["PERIOD_FIT", "no day", 0, {}, { availableFrom: "2024-03-11" }],
  ["PERIOD_FIT", "open end", 1000, { endsOn: null }, {}],
  [
    "PERIOD_FIT",
    "one day wanted, over a leap day",
    1000,
    { startsOn: "2024-02-29", endsOn: "2024-02-29" },
    { availableFrom: "2024-02-29" },
  ],
  ["PROXIMITY", "everywhere", 500, {}, { coverage: [] }],
  ["PROXIMITY", "the community", 1000, {}, { coverage: ["51", "510112003001"] }],
  ["PROXIMITY", "the province", 200, {}, { coverage: ["51"] }],
  ["PROXIMITY", "elsewhere", 0, {}, { coverage: ["11"] }],
  ["TRACK_RECORD", "none", 0, {}, { cases: [] }],
  ["TRACK_RECORD", "four", 800, {}, { cases: ["a", "b", "c", "d"] }],
  ["TRACK_RECORD", "six", 1000, {}, { cases: ["a", "b", "c", "d", "e", "f"] }],
  ["QUALIFICATION_SURPLUS", "none", 0, {}, { qualifications: ["food"] }],
  ["QUALIFICATION_SURPLUS", "four", 1000, {}, { qualifications: ["food", "a", "b", "c", "d"] }],
])("%s: %s is worth %i", (criterion, _, value, n, o) => {
  expect(factor(criterion, n, o)).toMatchObject({ value, contribution: value * DEFAULT_WEIGHTS[criterion] });
});

test("one criterion alone can carry the whole weight", () => {
  const weights = {
    ...(Object.fromEntries(CRITERIA.map((criterion) => [criterion, 0])) as Record<Criterion, number>),
    TRACK_RECORD: WEIGHT_TOTAL,
  };
  expect(scoreCandidate(need(), offer(), weights).score).toBe(400_000);
});

test("values stay within 0..1000 and scores within one million", () => {
  fc.assert(
    fc.property(anyRound, ({ needs, offers }) => {
      for (const n of needs) {
        for (const o of offers) {
          const { score, factors } = scoreCandidate(n, o, DEFAULT_WEIGHTS);
          expect(factors.every(({ value }) => Number.isInteger(value) && value >= 0 && value <= 1000)).toBe(true);
          expect(score).toBe(factors.reduce((sum, { contribution }) => sum + contribution, 0));
        }
      }
    }),
  );
});

test.each<[Partial<Weights>, string, string]>([
  [{ TRACK_RECORD: 101 }, "WEIGHTS_UNBALANCED", "weights"],
  [{ TRACK_RECORD: 99 }, "WEIGHTS_UNBALANCED", "weights"],
  [{ TRACK_RECORD: 99.5 }, "NOT_AN_INTEGER", "weights.TRACK_RECORD"],
  [{ TRACK_RECORD: -100 }, "OUT_OF_RANGE", "weights.TRACK_RECORD"],
  [{ TRACK_RECORD: undefined as never }, "NOT_AN_INTEGER", "weights.TRACK_RECORD"],
])("refuses weights with %j", (change, code, path) => {
  expect(() => scoreCandidate(need(), offer(), { ...DEFAULT_WEIGHTS, ...change })).toThrow(expect.objectContaining({ code, path }));
});
