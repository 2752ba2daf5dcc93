import fc from "fast-check";
import { CONTACT_KINDS, type ContactKind } from "@gongjian/entities-communities";
import { checkContact, mask, normalise } from "./contact.rules";

test.each<[ContactKind, string, string | null]>([
  ["MOBILE", "138 0013 8000", "+8613800138000"],
  ["MOBILE", "+86-138-0013-8000", "+8613800138000"],
  ["MOBILE", "１３８００１３８０００", "+8613800138000"],
  ["MOBILE", "0912-345-678", "+886912345678"],
  ["MOBILE", "12800138000", null],
  ["MOBILE", "1380013800", null],
  ["MOBILE", "028-85550100", null],
  ["PHONE", "028-85550100", "+862885550100"],
  ["PHONE", "(010) 6555 0100", "+861065550100"],
  ["PHONE", "02-2720-8889", "+886227208889"],
  ["PHONE", "12345", "12345"],
  ["PHONE", "13800138000", null],
  ["PHONE", "call me", null],
  ["EMAIL", "Office@Example.CN", "office@example.cn"],
  ["EMAIL", "a..b@example.cn", null],
  ["EMAIL", "office@example", null],
  ["WECHAT", "gongjian_01", "gongjian_01"],
  ["WECHAT", "1gongjian", null],
  ["ADDRESS", " 示例路1号 ", "示例路1号"],
])("%s %j is %j", (kind, value, expected) => expect(normalise(kind, value)).toBe(expected));

test.each<[ContactKind, string, string]>([
  ["MOBILE", "13800131234", "138****1234"],
  ["MOBILE", "0912345678", "+886****5678"],
  ["EMAIL", "office@example.cn", "o****@example.cn"],
  ["ADDRESS", "示例区示例路1号", "示例区****"],
])("%s %j is shown as %j", (kind, value, expected) => expect(mask(kind, normalise(kind, value)!)).toBe(expected));

const mobile = fc
  .tuple(fc.constantFrom("138", "139", "150", "186", "177"), fc.integer({ min: 0, max: 99_999_999 }))
  .map(([first, rest]) => `${first}${String(rest).padStart(8, "0")}`);

test("a normalised value is its own normal form, and a mask keeps at least four characters from sight", () =>
  fc.assert(
    fc.property(fc.constantFrom(...CONTACT_KINDS), fc.oneof(mobile, fc.string({ maxLength: 40 }), fc.emailAddress()), (kind, value) => {
      const normal = normalise(kind, value);
      if (normal === null) return;
      expect(normalise(kind, normal)).toBe(normal);
      if (normal.length > 4) expect(mask(kind, normal)).not.toContain(normal);
      expect(mask(kind, normal)).toContain("****");
    }),
  ));

test("no mainland mobile can be read from its mask", () =>
  fc.assert(
    fc.property(mobile, (value) => expect(mask("MOBILE", normalise("MOBILE", value)!)).toBe(`${value.slice(0, 3)}****${value.slice(7)}`)),
  ));

test("no problem repeats the value", () =>
  fc.assert(
    fc.property(fc.constantFrom(...CONTACT_KINDS), fc.string({ minLength: 5, maxLength: 400 }), fc.boolean(), (kind, value, published) => {
      const problems = checkContact({ kind, purpose: "p", published, value: `1380013800${value}` });
      expect(JSON.stringify(problems)).not.toContain("1380013800");
    }),
  ));

test("a person's own kinds are never published", () => {
  for (const [kind, value] of [
    ["MOBILE", "13800138000"],
    ["WECHAT", "gongjian_01"],
  ] as const)
    expect(checkContact({ kind, purpose: "p", published: true, value })).toMatchObject([{ field: "published", code: "NOT_PUBLISHABLE" }]);
});
