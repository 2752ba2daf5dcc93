import fc from "fast-check";
import { commonName } from "./search.rules";
import { pathSegments } from "./region-path";

test.each([
  ["成华区二仙桥街道", ["成华区", "二仙桥街道"]],
  ["成都市/双流区/华阳街道", ["成都市", "双流区", "华阳街道"]],
  ["四川省成都市郫都区团结街道", ["四川省", "成都市", "郫都区", "团结街道"]],
  ["都江堰市天马镇", ["都江堰市", "天马镇"]],
  ["北京市 海淀区，田村路街道", ["北京市", "海淀区", "田村路街道"]],
  ["510116003", ["510116003"]],
  ["", []],
  ["成都市市中区", ["成都市", "市中区"]],
  ["市区", ["市区"]],
  ["香港特别行政区中西区某处", ["香港特别行政区", "中西区"]],
])("%s is cut into %j", (path, expected) => expect(pathSegments(path)).toEqual(expected));

/** What the cutting is, said by a regular expression, whose time grows with the square of the length. */
const slowly = (path: string): string[] =>
  path
    .split(/[/／>·\s,，]+/u)
    .filter((part) => part !== "")
    .flatMap(
      (part) => part.match(/.+?(?:特别行政区|自治区|自治州|自治县|开发区|高新区|新区|街道|地区|省|市|区|县|镇|乡|旗|盟)/gu) ?? [part],
    );

test("a path is cut as it is defined to be", () => {
  const letter = fc.constantFrom(..."省市区县镇乡旗盟街道地新高开发自治州特别行政成都甲/ ，😀");
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 30 }), (letters) => expect(pathSegments(letters.join(""))).toEqual(slowly(letters.join("")))),
    {
      numRuns: 3_000,
    },
  );
});

test("a path that is as long as a body is cut in one pass", () => {
  const long = "甲".repeat(300_000);
  expect(pathSegments(long)).toEqual([long]);
  expect(pathSegments("甲区".repeat(100_000))).toHaveLength(100_000);
});

test.each([
  ["下涧槽社区居委会", "下涧槽社区"],
  ["吉福社区居民委员会", "吉福社区"],
  ["白果村村委会", "白果村"],
  ["白果村村民委员会", "白果村"],
  ["鼓楼居委会", "鼓楼"],
  ["龍田里", "龍田里"],
  ["社区居委会", "社区居委会"],
])("%s is called %s", (official, common) => expect(commonName(official)).toBe(common));
