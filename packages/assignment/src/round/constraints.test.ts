import fc from "fast-check";
import { AssignmentInputError, checkConstraints, MAX_AMOUNT, MAX_UNITS, type NeedProfile, type OfferProfile, VIOLATION_REASONS } from "..";
import { anyRound, need, offer } from "../testing/profiles";

const reasons = (n: NeedProfile, o: OfferProfile) => checkConstraints(n, o).map(({ reason }) => reason);

test("a fitting offer breaks nothing", () => {
  expect(checkConstraints(need(), offer())).toEqual([]);
});

test.each<[string, Partial<NeedProfile>, Partial<OfferProfile>]>([
  ["no tags wanted", { tags: [] }, { capabilities: [] }],
  ["one tag of two shared", { tags: ["养老", "理发"] }, {}],
  ["coverage not stated", {}, { coverage: [] }],
  ["coverage of the community itself", {}, { coverage: ["510112003001"] }],
  ["price not stated", {}, { price: null, currency: "TWD" }],
  ["a gift in another currency", {}, { price: 0, currency: "TWD" }],
  ["no ceiling, another currency", { budgetMin: null, budgetMax: null }, { price: MAX_AMOUNT, currency: "TWD" }],
  ["cost exactly at the ceiling", {}, { price: 1_500_00 }],
  ["nothing to spend on a gift", { budgetMin: 0, budgetMax: 0 }, { price: 0 }],
  ["available from the last day", {}, { availableFrom: "2024-03-10" }],
  ["available until the first day", {}, { availableFrom: null, availableTo: "2024-03-01" }],
  ["need open at both ends", { startsOn: null, endsOn: null }, { availableFrom: null, availableTo: "1999-01-01" }],
  ["one unit of capacity for two wanted", {}, { capacity: 1 }],
  ["nothing required", { requiredQualifications: [] }, { qualifications: [] }],
])("admits: %s", (_, n, o) => {
  expect(checkConstraints(need(n), offer(o))).toEqual([]);
});

test("KIND_MISMATCH", () => {
  expect(checkConstraints(need({ kind: "GOODS" }), offer())).toEqual([
    {
      reason: "KIND_MISMATCH",
      facts: { wanted: "GOODS", offered: ["SERVICE", "EXPERT"] },
      unblock: [{ side: "OFFER", change: "ADD_KIND", values: ["GOODS"] }],
    },
  ]);
});

test("NO_SHARED_CAPABILITY", () => {
  expect(checkConstraints(need({ tags: ["维修"] }), offer())).toEqual([
    {
      reason: "NO_SHARED_CAPABILITY",
      facts: { wanted: ["维修"], offered: ["助餐", "理发"] },
      unblock: [
        { side: "OFFER", change: "ADD_CAPABILITY", values: ["维修"] },
        { side: "NEED", change: "ADD_CAPABILITY", values: ["助餐", "理发"] },
      ],
    },
  ]);
  expect(checkConstraints(need(), offer({ capabilities: [] }))[0]?.unblock).toHaveLength(1);
});

test("OUT_OF_COVERAGE", () => {
  expect(checkConstraints(need(), offer({ coverage: ["510116", "510112003002"] }))).toEqual([
    {
      reason: "OUT_OF_COVERAGE",
      facts: { place: need().place, covered: ["510116", "510112003002"] },
      unblock: [{ side: "OFFER", change: "ADD_COVERAGE", values: ["510112003001"] }],
    },
  ]);
  expect(checkConstraints(need({ place: [] }), offer())).toMatchObject([{ reason: "OUT_OF_COVERAGE", unblock: [] }]);
});

test("CURRENCY_MISMATCH, and no comparison of the amounts", () => {
  expect(checkConstraints(need(), offer({ currency: "TWD", price: MAX_AMOUNT }))).toEqual([
    {
      reason: "CURRENCY_MISMATCH",
      facts: { needCurrency: "CNY", offerCurrency: "TWD" },
      unblock: [
        { side: "OFFER", change: "RESTATE_CURRENCY", values: ["CNY"] },
        { side: "NEED", change: "RESTATE_CURRENCY", values: ["TWD"] },
      ],
    },
  ]);
});

test("OVER_BUDGET by one fen: the whole need's cost counts", () => {
  expect(checkConstraints(need({ quantity: 3, budgetMax: 3_000_00 }), offer({ price: 1_000_01 }))).toEqual([
    {
      reason: "OVER_BUDGET",
      facts: { cost: 3_000_03, price: 1_000_01, quantity: 3, budgetMax: 3_000_00, over: 3, currency: "CNY" },
      unblock: [
        { side: "NEED", change: "RAISE_BUDGET", by: 3, currency: "CNY" },
        { side: "OFFER", change: "LOWER_PRICE", by: 1, currency: "CNY" },
      ],
    },
  ]);
});

test("OVER_BUDGET stays exact at the bounds", () => {
  const [violation] = checkConstraints(need({ quantity: MAX_UNITS }), offer({ price: MAX_AMOUNT }));
  expect(violation).toMatchObject({ reason: "OVER_BUDGET", facts: { cost: Number.MAX_SAFE_INTEGER } });
});

test("NO_PERIOD_OVERLAP by one day, on either side", () => {
  expect(checkConstraints(need(), offer({ availableFrom: "2024-03-11" }))).toEqual([
    {
      reason: "NO_PERIOD_OVERLAP",
      facts: { startsOn: "2024-03-01", endsOn: "2024-03-10", availableFrom: "2024-03-11", availableTo: null, gapDays: 1 },
      unblock: [
        { side: "OFFER", change: "EXTEND_AVAILABILITY", by: 1, end: "START" },
        { side: "NEED", change: "EXTEND_PERIOD", by: 1, end: "END" },
      ],
    },
  ]);
  expect(checkConstraints(need(), offer({ availableFrom: null, availableTo: "2024-02-28" }))).toMatchObject([
    {
      facts: { gapDays: 2 },
      unblock: [
        { by: 2, end: "END" },
        { by: 2, end: "START" },
      ],
    },
  ]);
});

test("MISSING_QUALIFICATION names what is missing only", () => {
  expect(checkConstraints(need({ requiredQualifications: ["food", "fire", "law"] }), offer())).toEqual([
    {
      reason: "MISSING_QUALIFICATION",
      facts: { missing: ["fire", "law"], held: ["food", "first aid"] },
      unblock: [{ side: "OFFER", change: "OBTAIN_QUALIFICATION", values: ["fire", "law"] }],
    },
  ]);
});

test("CAPACITY_ZERO", () => {
  expect(checkConstraints(need(), offer({ capacity: 0 }))).toEqual([
    { reason: "CAPACITY_ZERO", facts: { capacity: 0 }, unblock: [{ side: "OFFER", change: "RAISE_CAPACITY", by: 1, minimal: true }] },
  ]);
});

test("all that is broken is told, in the order of VIOLATION_REASONS", () => {
  const wrong = offer({
    kinds: [],
    capabilities: [],
    coverage: ["11"],
    price: 9_000_00,
    availableFrom: "2025-01-01",
    qualifications: [],
    capacity: 0,
  });
  expect(reasons(need(), wrong)).toEqual(VIOLATION_REASONS.filter((reason) => reason !== "CURRENCY_MISMATCH"));
  expect(reasons(need(), { ...wrong, currency: "TWD" })).toEqual(VIOLATION_REASONS.filter((reason) => reason !== "OVER_BUDGET"));
});

/** Takes the first step of each violation, as it says. */
function follow(n: NeedProfile, o: OfferProfile): [NeedProfile, OfferProfile] {
  let [next, other] = [n, o];
  for (const { unblock } of checkConstraints(n, o)) {
    const step = unblock[0]!;
    const days = (date: string, by: number) => new Date(Date.parse(date) + by * 86_400_000).toISOString().slice(0, 10);
    if (step.change === "ADD_KIND") other = { ...other, kinds: [...other.kinds, ...step.values] };
    if (step.change === "ADD_CAPABILITY") other = { ...other, capabilities: [step.values[0]!] };
    if (step.change === "ADD_COVERAGE") other = { ...other, coverage: [...other.coverage, ...step.values] };
    if (step.change === "RESTATE_CURRENCY") other = { ...other, currency: step.values[0]!, price: 0 };
    if (step.change === "RAISE_BUDGET") next = { ...next, budgetMax: next.budgetMax! + step.by };
    if (step.change === "OBTAIN_QUALIFICATION") other = { ...other, qualifications: [...other.qualifications, ...step.values] };
    if (step.change === "RAISE_CAPACITY") other = { ...other, capacity: other.capacity + step.by };
    if (step.change === "EXTEND_AVAILABILITY") {
      other =
        step.end === "START"
          ? { ...other, availableFrom: days(other.availableFrom!, -step.by) }
          : { ...other, availableTo: days(other.availableTo!, step.by) };
    }
  }
  return [next, other];
}

test("whoever takes the step of each violation is admitted", () => {
  fc.assert(
    fc.property(anyRound, ({ needs, offers }) => {
      for (const n of needs) for (const o of offers) expect(checkConstraints(...follow(n, o))).toEqual([]);
    }),
  );
});

test.each<[string, Partial<NeedProfile>, string]>([
  ["id", { id: "" }, "MALFORMED_TEXT"],
  ["id", { id: "a\0" }, "MALFORMED_TEXT"],
  ["kind", { kind: null as never }, "MALFORMED_TEXT"],
  ["tags", { tags: "a" as never }, "NOT_A_LIST"],
  ["tags[1]", { tags: ["a", "b\0"] }, "MALFORMED_TEXT"],
  ["place[0]", { place: [""] }, "MALFORMED_TEXT"],
  ["place", { place: Array.from({ length: 1001 }, () => "51") }, "TOO_MANY"],
  ["quantity", { quantity: 0 }, "OUT_OF_RANGE"],
  ["quantity", { quantity: 1.5 }, "NOT_AN_INTEGER"],
  ["quantity", { quantity: MAX_UNITS + 1 }, "OUT_OF_RANGE"],
  ["budgetMin", { budgetMin: -1 }, "OUT_OF_RANGE"],
  ["budgetMax", { budgetMax: MAX_AMOUNT + 1 }, "OUT_OF_RANGE"],
  ["budgetMin", { budgetMin: 2, budgetMax: 1 }, "RANGE_REVERSED"],
  ["beneficiaries", { beneficiaries: -1 }, "OUT_OF_RANGE"],
  ["startsOn", { startsOn: "2024-02-30" }, "MALFORMED_DATE"],
  ["endsOn", { endsOn: "2024-03-01T00:00:00Z" }, "MALFORMED_DATE"],
  ["endsOn", { startsOn: "2024-03-02", endsOn: "2024-03-01" }, "PERIOD_REVERSED"],
])("refuses a need's %s (%j)", (path, change, code) => {
  expect(() => checkConstraints(need(change), offer())).toThrow(
    expect.objectContaining({ code, path: `need.${path}`, name: "AssignmentInputError" }),
  );
});

test("refuses an offer's negative price and fractional capacity", () => {
  expect(() => checkConstraints(need(), offer({ price: -1 }))).toThrow(AssignmentInputError);
  expect(() => checkConstraints(need(), offer({ capacity: 0.5 }))).toThrow(expect.objectContaining({ path: "offer.capacity" }));
});
