import fc from "fast-check";
import { MOST_MONEY, MOST_UNITS } from "../need/need.rules";
import { checkOffer } from "./offer.rules";

const draft = { key: "O1", kinds: ["SERVICE"], title: "助餐", capacity: 1 };
const fields = (change: object) => checkOffer({ ...draft, ...change }).map(({ field, code }) => `${field} ${code}`);

test.each<[string, object, string[]]>([
  ["the least that an offer says", {}, []],
  [
    "everything at its bound",
    {
      title: "题".repeat(200),
      description: "说".repeat(4000),
      price: MOST_MONEY,
      capacity: MOST_UNITS,
      coverage: Array(500).fill("510116003"),
      availableFrom: "2024-05-01",
      availableTo: "2024-05-01",
      cases: Array(50).fill("例".repeat(200)),
    },
    [],
  ],
  ["free of charge", { price: 0 }, []],
  ["no kind", { kinds: [] }, ["kinds REQUIRED"]],
  ["no title", { title: "" }, ["title REQUIRED"]],
  ["a negative price", { price: -1 }, ["price OUT_OF_RANGE"]],
  ["a price beyond all money", { price: MOST_MONEY + 1 }, ["price OUT_OF_RANGE"]],
  ["no capacity", { capacity: 0 }, ["capacity OUT_OF_RANGE"]],
  ["too much capacity", { capacity: MOST_UNITS + 1 }, ["capacity OUT_OF_RANGE"]],
  ["a currency that is none", { currency: "cny" }, ["currency MALFORMED"]],
  ["a period that ends before it begins", { availableFrom: "2024-05-02", availableTo: "2024-05-01" }, ["availableTo PERIOD_REVERSED"]],
  ["a region code with a NUL", { coverage: ["51\0"] }, ["coverage.0 INVALID_CHARACTER"]],
  ["too many regions", { coverage: Array(501).fill("51") }, ["coverage TOO_MANY"]],
  ["an empty case", { cases: [""] }, ["cases.0 REQUIRED"]],
])("%s", (_name, change, expected) => {
  expect(fields(change)).toEqual(expected);
});

test("whatever an offer says wrongly, each problem names its field", () => {
  const texts = fc.array(fc.string({ maxLength: 70 }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.record({ capabilities: texts, qualifications: texts, price: fc.integer(), capacity: fc.integer() }), (change) => {
      for (const { field } of checkOffer({ ...draft, ...change })) expect(field.split(".")[0]! in change).toBe(true);
    }),
  );
});
