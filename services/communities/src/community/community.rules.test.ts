import { checkCommunity } from "./community.rules";

const good = { scheme: "CN_STATS", identifier: "510116003001", name: "祥鹤社区居委会" };

test.each([
  ["a register community", good],
  ["a li with a slug", { scheme: "GONGJIAN", identifier: "tw-taipei-songshan-longtian", name: "龍田里" }],
  ["one with a position at the edge of the world", { ...good, longitude: -180, latitude: 90 }],
])("%s is fine", (_name, draft) => expect(checkCommunity(draft)).toEqual([]));

test.each([
  [{ ...good, identifier: "51011600300" }, "identifier MALFORMED"],
  [{ ...good, identifier: "51011600300a" }, "identifier MALFORMED"],
  [{ ...good, scheme: "GONGJIAN", identifier: "a b" }, "identifier MALFORMED"],
  [{ ...good, name: "" }, "name REQUIRED"],
  [{ ...good, traits: Array.from({ length: 21 }, () => "x") }, "traits TOO_MANY"],
  [{ ...good, traits: [""] }, "traits.0 REQUIRED"],
  [{ ...good, longitude: 104 }, "latitude INCOMPLETE"],
  [{ ...good, latitude: 30 }, "latitude INCOMPLETE"],
  [{ ...good, longitude: 181, latitude: 0 }, "longitude OUT_OF_RANGE"],
  [{ ...good, longitude: Number.NaN, latitude: 0 }, "longitude OUT_OF_RANGE"],
])("%j is refused: %s", (draft, expected) =>
  expect(checkCommunity(draft).map(({ field, code }) => `${field} ${code}`)).toEqual([expected]),
);
