import fc from "fast-check";
import { bySureness, compared, coreName, duplicatePairs, pairOf, regionPrefixes, type Named } from "./organisation.duplicates.rules";

const PREFIXES = regionPrefixes(["四川省", "成都市", "龙泉驿区"]);
const named = (id: string, name: string, creditCode: string | null = null): Named => ({ id, name, creditCode });
const reasons = (...records: Named[]) =>
  duplicatePairs(records, PREFIXES, 0.7).map(({ one, other, reason }) => `${one.id}${other.id} ${reason}`);

test.each([
  ["四川省成都市龙泉驿区五星物业服务有限公司", "五星物业服务"],
  ["成都五星物业服务（集团）有限责任公司", "五星物业服务"],
  ["成都五星物業服務股份有限公司", "五星物业服务"],
  ["龍泉驛 五星 社會工作服務中心", "五星社会工作服务中心"],
  ["成都市", "成都市"],
  ["有限公司", "有限公司"],
  ["", ""],
])("the core of %s is %s", (name, core) => {
  expect(coreName(name, PREFIXES)).toBe(core);
});

test("the same body is found in another script, with its region or legal form, and written shorter", () => {
  expect(reasons(named("a", "成都五星物业服务有限公司"), named("b", "四川省成都市五星物業服務（集團）有限責任公司"))).toEqual(["ab NAME"]);
  expect(reasons(named("a", "五星社会工作服务中心"), named("b", "成都市五星社工服务中心"))).toEqual(["ab SIMILAR_NAME"]);
});

test("a kind of body that many share makes no two the same", () => {
  expect(reasons(named("a", "五星社会工作服务中心"), named("b", "和平社会工作服务中心"))).toEqual([]);
  expect(reasons(named("a", "五星协会"), named("b", "五星社工中心"))).toEqual([]);
  expect(reasons(named("a", "五星物业有限公司"), named("b", "五星社会工作服务中心"))).toEqual([]);
});

test("offices of two regions, numbered institutions and bodies of two codes are told apart; a region above is none of another", () => {
  const prefixes = regionPrefixes(["成都市", "石羊街道", "华阳街道", "成华区", "二仙桥街道", "龙泉驿区"]);
  const at = (id: string, name: string, ...regionNames: string[]) => ({ ...named(id, name), regionNames });
  const found = (...records: Named[]) => duplicatePairs(records, prefixes, 0.5).map(({ reason }) => reason);
  expect(found(at("a", "石羊街道办事处", "石羊街道", "成都市"), at("b", "华阳街道办事处", "华阳街道", "成都市"))).toEqual([]);
  expect(found(at("a", "成华区二仙桥街道办事处", "二仙桥街道"), at("b", "二仙桥街道办事处", "二仙桥街道"))).toEqual(["NAME"]);
  expect(found(at("a", "成都五星社区"), at("b", "龙泉驿五星社区", "龙泉驿区", "成都市"))).toEqual(["NAME"]);
  expect(found(at("a", "示例机构01"), at("b", "示例机构02"))).toEqual([]);
  expect(found(at("a", "和平路第一小学"), at("b", "和平路第二小学"))).toEqual([]);
  expect(found(at("a", "和平路小学1"), at("b", "和平路小学 1"))).toEqual(["NAME"]);
  expect(found(named("a", "五星", "51510100MJQ123456A"), named("b", "五星", "51510100MJQ654321A"))).toEqual([]);
});

test("the body's own code tells, whatever the names and the registrar", () => {
  const [before, after, another] = ["51510100MJQ123456A", "53510100MJQ123456B", "51510100MJQ654321A"];
  expect(reasons(named("a", "五星", before), named("b", "和平", after), named("c", "清波", another))).toEqual(["ab CREDIT_CODE"]);
});

test("comparing only what shares something finds what comparing everything finds", () => {
  const name = fc.array(fc.constantFrom("成都市", "五", "星", "和", "平", "社工", "服务", "中心", "协会", "有限公司"), { maxLength: 6 });
  const code = fc.option(fc.constantFrom("51510100MJQ123456A", "53510100MJQ123456B", "51510100MJQ654321A"), { nil: null });
  const records = fc
    .array(fc.tuple(name, code), { maxLength: 12 })
    .map((all) => all.map(([parts, creditCode], index) => named(String(index).padStart(2, "0"), parts.join(""), creditCode)));
  fc.assert(
    fc.property(records, fc.integer({ min: 50, max: 100 }), (all, hundredths) => {
      const atLeast = hundredths / 100;
      const every = all
        .flatMap((one, index) => all.slice(0, index).map((other) => pairOf(compared(one, PREFIXES), compared(other, PREFIXES), atLeast)))
        .filter((pair) => pair !== null)
        .sort(bySureness);
      expect(duplicatePairs(all, PREFIXES, atLeast)).toEqual(every);
    }),
  );
});
