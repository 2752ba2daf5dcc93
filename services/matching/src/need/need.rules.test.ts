import fc from "fast-check";
import { checkNeed, MOST_MONEY, MOST_UNITS } from "./need.rules";

const draft = { key: "N1", kind: "SERVICE", title: "助餐", quantity: 1 };
const fields = (change: object) => checkNeed({ ...draft, ...change }).map(({ field, code }) => `${field} ${code}`);

test.each<[string, object, string[]]>([
  ["the least that a need says", {}, []],
  [
    "everything at its bound",
    {
      title: "题".repeat(200),
      description: "说".repeat(4000),
      budgetMin: 0,
      budgetMax: MOST_MONEY,
      startsOn: "2024-05-01",
      endsOn: "2024-05-01",
      tags: Array(50).fill("签".repeat(60)),
      requiredQualifications: Array(50).fill("证".repeat(100)),
      beneficiaries: 10_000_000,
      quantity: MOST_UNITS,
    },
    [],
  ],
  ["no kind", { kind: null }, ["kind REQUIRED"]],
  ["no title", { title: " " }, ["title REQUIRED"]],
  ["a NUL in the text", { description: "a\0b" }, ["description INVALID_CHARACTER"]],
  ["a negative budget", { budgetMin: -1 }, ["budgetMin OUT_OF_RANGE"]],
  ["a budget beyond all money", { budgetMax: MOST_MONEY + 1 }, ["budgetMax OUT_OF_RANGE"]],
  ["a most below the least", { budgetMin: 2, budgetMax: 1 }, ["budgetMax RANGE_REVERSED"]],
  ["a currency that is none", { currency: "元" }, ["currency MALFORMED"]],
  ["a period that ends before it begins", { startsOn: "2024-05-02", endsOn: "2024-05-01" }, ["endsOn PERIOD_REVERSED"]],
  ["an empty tag", { tags: ["养老", " "] }, ["tags.1 REQUIRED"]],
  ["too many tags", { tags: Array(51).fill("签") }, ["tags TOO_MANY"]],
  ["a long qualification", { requiredQualifications: ["证".repeat(101)] }, ["requiredQualifications.0 TOO_LONG"]],
  ["fewer people than none", { beneficiaries: -1 }, ["beneficiaries OUT_OF_RANGE"]],
  ["nothing wanted", { quantity: 0 }, ["quantity OUT_OF_RANGE"]],
  ["too much wanted", { quantity: MOST_UNITS + 1 }, ["quantity OUT_OF_RANGE"]],
  ["a key with a NUL", { key: "\0" }, ["key INVALID_CHARACTER"]],
])("%s", (_name, change, expected) => {
  expect(fields(change)).toEqual(expected);
});

test("a budget is taken exactly when both ends are amounts and stand in order", () => {
  const amount = fc.oneof(fc.constant(null), fc.integer({ min: -2, max: 5 }), fc.constantFrom(MOST_MONEY, MOST_MONEY + 1));
  const fits = (value: number | null) => value === null || (value >= 0 && value <= MOST_MONEY);
  fc.assert(
    fc.property(amount, amount, (budgetMin, budgetMax) => {
      const good = fits(budgetMin) && fits(budgetMax) && (budgetMin === null || budgetMax === null || budgetMin <= budgetMax);
      expect(fields({ budgetMin, budgetMax }).length === 0).toBe(good);
    }),
  );
});
