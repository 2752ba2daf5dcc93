import { checkRegion } from "./region.rules";

const good = { code: "510116003", name: "华阳街道" };

test("a street is fine", () => expect(checkRegion({ ...good, parentCode: "510116" })).toEqual([]));

test.each([
  [{ ...good, code: "" }, "code MALFORMED"],
  [{ ...good, code: "a b" }, "code MALFORMED"],
  [{ ...good, code: "x".repeat(65) }, "code MALFORMED"],
  [{ ...good, name: "" }, "name REQUIRED"],
  [{ ...good, name: "华\0阳" }, "name INVALID_CHARACTER"],
  [{ ...good, name: "长".repeat(101) }, "name TOO_LONG"],
  [{ ...good, parentCode: good.code }, "parentCode CYCLE"],
  [{ ...good, manages: ["510104"] }, "manages NOT_A_ZONE"],
  [{ ...good, kind: "ZONE", manages: [good.code] }, "manages CYCLE"],
])("%j is refused: %s", (draft, expected) => expect(checkRegion(draft).map(({ field, code }) => `${field} ${code}`)).toEqual([expected]));
