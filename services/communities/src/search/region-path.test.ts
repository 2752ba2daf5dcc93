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
])("%s is cut into %j", (path, expected) => expect(pathSegments(path)).toEqual(expected));

test.each([
  ["下涧槽社区居委会", "下涧槽社区"],
  ["吉福社区居民委员会", "吉福社区"],
  ["白果村村委会", "白果村"],
  ["白果村村民委员会", "白果村"],
  ["鼓楼居委会", "鼓楼"],
  ["龍田里", "龍田里"],
  ["社区居委会", "社区居委会"],
])("%s is called %s", (official, common) => expect(commonName(official)).toBe(common));
