import fc from "fast-check";
import { checkOrganisation, creditCodeCheck, isCreditCode } from "./organisation.rules";

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const first17 = fc.array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 }).map((characters) => characters.join(""));

test("published codes of real bodies check", () => {
  // Alibaba (China), Tencent (Shenzhen), and the example of the standard
  for (const code of ["91330100799655058B", "9144030071526726XG", "91350100M000100Y43"]) expect(isCreditCode(code)).toBe(true);
});

test("the check character is that of the standard's own table of weights, in whole numbers", () => {
  // GB 32100-2015, table 2: the weights written out; a right code's weighted sum, check character included, is a multiple of 31
  const weights = [1n, 3n, 9n, 27n, 19n, 26n, 16n, 17n, 20n, 29n, 25n, 13n, 8n, 24n, 10n, 30n, 28n, 1n];
  const valueOf = (character: string): bigint => BigInt([..."0123456789ABCDEFGHJKLMNPQRTUWXY"].indexOf(character));
  fc.assert(
    fc.property(first17, fc.constantFrom(...ALPHABET), (text, last) => {
      const sum = [...`${text}${last}`].reduce((total, character, place) => total + valueOf(character) * weights[place]!, 0n);
      expect(isCreditCode(text + last)).toBe(sum % 31n === 0n);
    }),
  );
});

test.each([..."IOSVZ"])("the letter %s is in no code, at no place", (letter) => {
  fc.assert(
    fc.property(first17, fc.nat(17), (text, place) => {
      const code = text + creditCodeCheck(text);
      expect(isCreditCode(code.slice(0, place) + letter + code.slice(place + 1))).toBe(false);
    }),
  );
});

test("every change of one character is found", () => {
  fc.assert(
    fc.property(first17, fc.nat(17), fc.constantFrom(...ALPHABET), (text, place, other) => {
      const code = text + creditCodeCheck(text);
      const changed = code.slice(0, place) + other + code.slice(place + 1);
      expect(isCreditCode(code)).toBe(true);
      expect(isCreditCode(changed)).toBe(changed === code);
    }),
  );
});

test("every exchange of two different neighbours is found", () => {
  fc.assert(
    fc.property(first17, fc.nat(15), (text, place) => {
      const code = text + creditCodeCheck(text);
      const swapped = code.slice(0, place) + code[place + 1] + code[place] + code.slice(place + 2);
      expect(isCreditCode(swapped)).toBe(swapped === code);
    }),
  );
});

test.each(["", "91350100M000100Y4", "91350100M000100Y4I", "91350100M000100YS3", "91350100m000100y43 "])("%j is no code", (code) =>
  expect(isCreditCode(code)).toBe(false),
);

test("a code is taken in lower case and with spaces around it", () =>
  expect(checkOrganisation({ name: "甲", creditCode: " 91350100m000100y43 " })).toEqual([]));

test("what is missing or too long is named", () => {
  const problems = checkOrganisation({ name: " ", key: "", capabilities: ["x".repeat(51)], description: "x".repeat(2001), source: "\0" });
  expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
    "name REQUIRED",
    "key REQUIRED",
    "capabilities.0 TOO_LONG",
    "description TOO_LONG",
    "source INVALID_CHARACTER",
  ]);
});
