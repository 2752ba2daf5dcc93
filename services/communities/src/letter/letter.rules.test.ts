import fc from "fast-check";
import { asTyped, newCode, numberOf, seriesOf } from "./letter.rules";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

test("a series is the first 40 bits of the digest, as an independent reckoning in whole numbers has them", () => {
  fc.assert(
    fc.property(fc.string(), (conferrer) => {
      const digest = require("node:crypto").createHash("sha256").update(conferrer).digest("hex") as string;
      let rest = BigInt(`0x${digest.slice(0, 10)}`);
      let text = "";
      for (let place = 0; place < 8; place += 1) {
        text = ALPHABET[Number(rest % 32n)] + text;
        rest /= 32n;
      }
      expect(seriesOf(conferrer)).toBe(text);
    }),
  );
});

test("codes have 16 characters of the alphabet, every one of them in use, and none comes twice", () => {
  const codes = Array.from({ length: 2_000 }, newCode);
  expect(codes.every((code) => /^[0-9A-HJKMNP-TV-Z]{16}$/u.test(code))).toBe(true);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(codes.join("")).size).toBe(32);
});

test("a number is four digits at least, and a code is known again however it was typed", () => {
  expect(numberOf("K7Q2M4XA", 2016, 1)).toBe("K7Q2M4XA-2016-0001");
  expect(numberOf("K7Q2M4XA", 2016, 12_345)).toBe("K7Q2M4XA-2016-12345");
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ALPHABET), { minLength: 16, maxLength: 16 }), fc.array(fc.nat(15)), (characters, spaces) => {
      const code = characters.join("");
      const typed = [...code.toLowerCase().replace(/0/gu, "o").replace(/1/gu, "l")];
      for (const place of spaces) typed[place] = `${typed[place]} `;
      expect(asTyped(typed.join(""))).toBe(code);
    }),
  );
});
