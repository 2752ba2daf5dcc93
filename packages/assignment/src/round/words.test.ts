import fc from "fast-check";
import {
  type CapacityTaken,
  checkConstraints,
  DEFAULT_WEIGHTS,
  explainInWords,
  matchRound,
  type NeedProfile,
  type OfferProfile,
  scoreCandidate,
} from "..";
import { anyRound, crowdedRound, need, offer } from "../testing/profiles";

const both = (subject: Parameters<typeof explainInWords>[0]) => [explainInWords(subject, "zh-Hans"), explainInWords(subject, "en")];
const violation = (n: Partial<NeedProfile>, o: Partial<OfferProfile>) => checkConstraints(need(n), offer(o))[0]!;

test("each factor is one sentence with its numbers", () => {
  const { factors } = scoreCandidate(need(), offer(), DEFAULT_WEIGHTS);
  expect(factors.map(both)).toEqual([
    ["所需2项能力中具备1项：助餐（350×500＝175000分）。", "It has 1 of the 2 capabilities wanted: 助餐 (350 × 500 = 175000 points)."],
    [
      "总价2,000.00元，人均50.00元，预算上限3,000.00元（200×500＝100000分）。",
      "The whole costs CNY 2,000.00, CNY 50.00 a person, against a ceiling of CNY 3,000.00 (200 × 500 = 100000 points).",
    ],
    ["需求期10天中可服务5天（150×500＝75000分）。", "It is available on 5 of the need's 10 days (150 × 500 = 75000 points)."],
    [
      "服务范围写明510112，为所在5级区划的第3级（150×600＝90000分）。",
      "It names region 510112, level 3 of 5 around the community (150 × 600 = 90000 points).",
    ],
    ["有2个案例（100×400＝40000分）。", "It shows 2 case(s) (100 × 400 = 40000 points)."],
    ["要求之外另有资质：first aid（50×333＝16650分）。", "Qualifications beyond those required: first aid (50 × 333 = 16650 points)."],
  ]);
});

test.each([
  [
    violation({ kind: "GOODS" }, {}),
    "需求类别为物资，资源只提供：服务、专家。",
    "The need is for goods, the offer is for: services, experts.",
  ],
  [
    violation({ tags: ["维修"] }, { capabilities: [] }),
    "没有共同的能力标签：需要维修，资源具备无。",
    "They share no capability: wanted 维修; offered none.",
  ],
  [
    violation({}, { coverage: ["510116"] }),
    "服务范围（510116）不含510112003001。",
    "The regions served (510116) do not include 510112003001.",
  ],
  [violation({}, { currency: "TWD" }), "预算以CNY计，报价以TWD计。", "The budget is in CNY, the price in TWD."],
  [
    violation({}, { price: 1_500_05 }),
    "总价3,000.10元（单价1,500.05元×2）超出预算上限3,000.00元，多0.10元。",
    "The whole costs CNY 3,000.10 (CNY 1,500.05 × 2), CNY 0.10 above the ceiling of CNY 3,000.00.",
  ],
  [
    violation({ currency: "JPY" }, { currency: "JPY", price: 1_500_05 }),
    "总价300,010 JPY（单价150,005 JPY×2）超出预算上限300,000 JPY，多10 JPY。",
    "The whole costs JPY 300,010 (JPY 150,005 × 2), JPY 10 above the ceiling of JPY 300,000.",
  ],
  [
    violation({}, { availableFrom: "2024-03-12" }),
    "需求期（2024-03-01至2024-03-10）与可服务期（2024-03-12至不限）相差2天。",
    "The need's period (2024-03-01 to 2024-03-10) and the availability (2024-03-12 to open) miss each other by 2 day(s).",
  ],
  [violation({}, { qualifications: [] }), "缺少所需资质：food。", "Required qualifications are missing: food."],
  [violation({}, { capacity: 0 }), "资源方没有可用名额。", "The offer has no capacity."],
])("a violation is one sentence: %#", (subject, zh, en) => {
  expect(both(subject)).toEqual([zh, en]);
});

test("capacity that others took is told with the gap", () => {
  const taken: CapacityTaken = {
    reason: "CAPACITY_TAKEN",
    facts: {
      capacity: 3,
      score: 5,
      price: 9,
      shortBy: 4,
      takenBy: [
        { needId: "a", units: 2 },
        { needId: "b", units: 1 },
      ],
    },
    unblock: [],
  };
  expect(both(taken)).toEqual([
    "3个名额中3个已由2项需求占用，本需求还差4分。",
    "3 of its 3 unit(s) went to 2 need(s); this need is 4 points short.",
  ]);
});

test("each step is one sentence", () => {
  expect(violation({}, { price: 1_500_05 }).unblock.map(both)).toEqual([
    ["需求方把预算上限提高0.10元。", "The need would raise its ceiling by CNY 0.10."],
    ["资源方把单价降低0.05元。", "The offer would lower its price for one unit by CNY 0.05."],
  ]);
  expect(violation({}, { availableFrom: "2024-03-12" }).unblock.map(both)).toEqual([
    ["资源方提前2天开始服务。", "The offer would be available 2 day(s) earlier."],
    ["需求期延后2天结束。", "The need would end 2 day(s) later."],
  ]);
});

test("every factor, reason and step that a round can give has words in both languages", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.oneof(anyRound, crowdedRound), ({ needs, offers }) => {
      const { matches, alternatives, unmatched } = matchRound(needs, offers, DEFAULT_WEIGHTS);
      const factors = [...matches, ...alternatives].flatMap((each) => each.factors);
      const reasons = unmatched.flatMap(({ blockedBy }) => blockedBy);
      const steps = unmatched.flatMap(({ unblock }) => unblock);
      for (const subject of [...factors, ...reasons, ...steps]) {
        seen.add("criterion" in subject ? subject.criterion : "reason" in subject ? subject.reason : `${subject.side} ${subject.change}`);
        const [zh, en] = both(subject);
        expect(zh).toMatch(/^[^。]+。$/);
        expect(zh).toMatch(/\p{Script=Han}/u);
        expect(en).toMatch(/^[A-Z0-9].+\.$/);
        expect(`${zh}${en}`).not.toMatch(/undefined|null|NaN|\[object|Infinity/);
      }
    }),
    { numRuns: 500, seed: 7 },
  );
  expect(seen.size).toBeGreaterThanOrEqual(6 + 9 + 10);
});
