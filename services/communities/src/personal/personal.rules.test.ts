import fc from "fast-check";
import { checkRecord, idNumber, maskIdNumber, maskName } from "./personal.rules";

/** Independent oracle: ISO 7064 MOD 11-2, computed by Horner's rule instead of the standard's table of weights. */
const checkOf = (first17: string): string => {
  const sum = [...first17].reduce((total, digit) => ((total + Number(digit)) * 2) % 11, 0);
  return "0123456789X"[(12 - sum) % 11]!;
};
const day = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2024-12-31"), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));
const number = fc
  .tuple(fc.integer({ min: 100_000, max: 899_999 }), day, fc.integer({ min: 0, max: 999 }))
  .map(([region, born, order]) => `${region}${born.replaceAll("-", "")}${String(order).padStart(3, "0")}`)
  .map((first17) => first17 + checkOf(first17));

test("numbers with the right check character are taken, in whatever width and case they are written", () =>
  fc.assert(
    fc.property(number, (good) => {
      expect(idNumber(good)).toBe(good);
      expect(idNumber(` ${good.slice(0, 6)} ${good.slice(6).toLowerCase()}`)).toBe(good);
    }),
  ));

test("no number with one other digit, or two neighbours exchanged, is taken", () =>
  fc.assert(
    fc.property(number, fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 }), (good, at, by) => {
      const digits = [...good];
      digits[at] = String((Number(digits[at]) + by) % 10);
      expect(idNumber(digits.join(""))).toBeNull();
      const exchanged = [...good];
      [exchanged[15], exchanged[16]] = [exchanged[16]!, exchanged[15]!];
      if (exchanged.join("") !== good) expect(idNumber(exchanged.join(""))).toBeNull();
    }),
  ));

test.each(["", "11010519491231002", "110105194912310021", "110105194913310028", "11010519491231002Y", "01010519491231002X"])(
  "%j is none",
  (text) => expect(idNumber(text)).toBeNull(),
);

test("the standard's own example", () => expect(idNumber("11010519491231002x")).toBe("11010519491231002X"));

test("masks", () => {
  expect(maskIdNumber("11010519491231002X")).toBe("1****************X");
  expect(maskName("示例居民")).toBe("示**");
});

test("no problem repeats a value", () => {
  const problems = checkRecord({ name: "", idNumber: "11010519491231002Y", mobile: "1380013800" });
  expect(problems.map(({ field }) => field)).toEqual(["name", "idNumber", "mobile"]);
  expect(JSON.stringify(problems)).not.toMatch(/1101|1380/);
});
