import { toScript } from "@gongjian/hantext";
import fc from "fast-check";
import { checkTraitCodes, storedWords, TRAIT_CODES, traitLabel, traitLabels, traitsOf, traitWords } from "./community-trait.rules";

test("no word means two traits, in either script", () => {
  const words = TRAIT_CODES.flatMap((code) => storedWords(code));
  expect(new Set(words).size).toBe(words.length);
});

test("a label means a trait in either script; one of its own means none, and stays as it is", () => {
  expect(traitsOf(["老旧国企生活区", "有机更新"])).toEqual(["STATE_ENTERPRISE_ESTATE"]);
  expect(traitsOf(["多民族社區", "國際化社區", "多民族"])).toEqual(["MULTI_ETHNIC", "INTERNATIONAL"]);
  expect(traitsOf(["民主协商", "__proto__", ""])).toEqual([]);
  expect(traitLabels([" 有机更新 ", "MULTI_ETHNIC", "多民族社区", "有机更新"])).toEqual(["有机更新", "多民族社区"]);
});

test("every way to say a trait means it alone, and its code is stored as its own word", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TRAIT_CODES),
      fc.nat(),
      fc.constantFrom("zh-Hans", "zh-Hant") as fc.Arbitrary<"zh-Hans">,
      (code, at, script) => {
        const words = traitWords(code);
        expect(traitsOf([toScript(words[at % words.length]!, script)])).toEqual([code]);
        expect(traitLabels([code])).toEqual([traitLabel(code)]);
        expect(checkTraitCodes([code])).toEqual([]);
      },
    ),
  );
});

test("a code that the list does not have is refused, words are not", () => {
  expect(checkTraitCodes(["MULTI_ETNIC", "IT社区", "CBD", "多民族"]).map(({ field, code }) => `${field} ${code}`)).toEqual([
    "traits.0 UNKNOWN_CODE",
  ]);
  expect(checkTraitCodes(null)).toEqual([]);
});
