import { checkConstraints, DEFAULT_WEIGHTS, scoreCandidate, type NeedProfile, type OfferProfile } from "@gongjian/assignment";
import { named, regionCodes } from "./region-names";
import { inWords } from "./words";

const need: NeedProfile = {
  id: "n",
  kind: "SERVICE",
  tags: [],
  place: ["51", "5101", "510112", "510112003"],
  quantity: 1,
  budgetMin: 0,
  budgetMax: null,
  currency: "CNY",
  startsOn: null,
  endsOn: null,
  requiredQualifications: [],
  beneficiaries: null,
};
const offer: OfferProfile = {
  id: "o",
  kinds: ["SERVICE"],
  capabilities: [],
  coverage: ["510116"],
  capacity: 1,
  price: null,
  currency: "CNY",
  availableFrom: null,
  availableTo: null,
  qualifications: [],
  cases: [],
};
const NAMES = new Map([
  ["510116", "双流区"],
  ["510112", "龙泉驿区"],
  ["510112003", "大面街道"],
]);

test("a region that is told has its name in the sentence, and its code where nobody knows it", () => {
  const [violation] = checkConstraints(need, offer);
  expect(regionCodes(violation!)).toEqual(["510116", "510112003"]);
  expect(inWords(named(violation!, NAMES), "ZH")).toBe("服务范围（双流区）不含大面街道。");
  expect(inWords(named(violation!, new Map()), "ZH")).toBe("服务范围（510116）不含510112003。");
  const step = violation!.unblock.find(({ change }) => change === "ADD_COVERAGE")!;
  expect(inWords(named(step, NAMES), "ZH")).toMatch(/^资源方把服务范围扩大到[^0-9]+。$/u);

  const { factors } = scoreCandidate(need, { ...offer, coverage: ["510112"] }, DEFAULT_WEIGHTS);
  const proximity = factors.find(({ criterion }) => criterion === "PROXIMITY")!;
  expect(inWords(named(proximity, NAMES), "EN")).toMatch(/^It names region 龙泉驿区, level 3 of 4/);
  for (const factor of factors) if (factor !== proximity) expect(regionCodes(factor)).toEqual([]);
});
