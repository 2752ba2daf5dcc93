import fc from "fast-check";
import { formatFen, formatScaled, parseExactDecimal, parseExactInteger, parseExactMoney, textOfDouble } from "./number";

const value = (outcome: { ok: boolean; value?: unknown; code?: string }) => (outcome.ok ? outcome.value : outcome.code);

describe("parseExactMoney", () => {
  it.each([
    ["1234.5", 123450],
    ["0.1", 10],
    ["1,234,567.89", 123456789],
    ["￥１，２３４．５０", 123450],
    ["¥ 300", 30000],
    ["人民币300元", 30000],
    ["300元整", 30000],
    ["1.5万元", 1500000],
    ["1.5万", 1500000],
    ["3千万", 3000000000],
    ["0.00001亿元", 100000],
    ["2.0e3", 200000],
    ["1234.5600", 123456],
    ["(5)", "NEGATIVE"],
    ["-5", "NEGATIVE"],
    ["－5", "NEGATIVE"],
    ["1.005", "TOO_MANY_DECIMALS"],
    ["50%", "PERCENT"],
    ["５０％", "PERCENT"],
    ["1,23", "NOT_A_NUMBER"],
    ["1 234", "NOT_A_NUMBER"],
    ["12.", "NOT_A_NUMBER"],
    ["约300", "NOT_A_NUMBER"],
    ["100-200", "NUMBER_RANGE"],
    ["5-8万", "NUMBER_RANGE"],
    ["5万－8万元", "NUMBER_RANGE"],
    ["5～8万元", "NUMBER_RANGE"],
    ["5万元至8万元", "NUMBER_RANGE"],
    ["3,000—5,000", "NUMBER_RANGE"],
    ["2024-04-08", "NOT_A_NUMBER"],
    ["5-", "NOT_A_NUMBER"],
    ["-5-", "NOT_A_NUMBER"],
    ["元", "NOT_A_NUMBER"],
    ["", "NOT_A_NUMBER"],
    ["100000000000.01", "TOO_LARGE"],
    ["9".repeat(400), "NOT_A_NUMBER"],
    ["1e999", "NOT_A_NUMBER"],
    ["NaN", "NOT_A_NUMBER"],
    ["Infinity", "NOT_A_NUMBER"],
    ["0x10", "NOT_A_NUMBER"],
  ])("%s is %s", (text, expected) => expect(value(parseExactMoney(text))).toBe(expected));

  it("takes the heading's unit for a bare number only", () => {
    expect(value(parseExactMoney("1.5", { power: 4 }))).toBe(1500000);
    expect(value(parseExactMoney("15000元", { power: 4 }))).toBe(1500000);
    expect(value(parseExactMoney("0.000001", { power: 4 }))).toBe(1);
  });

  it("reads back every amount exactly, however it is written", () => {
    const grouped = (yuan: string) => yuan.replace(/\B(?=(\d{3})+(?=\.))/g, ",");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), (fen) => {
        const yuan = formatFen(fen);
        expect(value(parseExactMoney(yuan))).toBe(fen);
        expect(value(parseExactMoney(grouped(yuan)))).toBe(fen);
        expect(value(parseExactMoney(textOfDouble(Number(yuan))))).toBe(fen);
        expect(value(parseExactMoney(`${formatScaled(BigInt(fen), 6)}万元`))).toBe(fen);
      }),
    );
  });
});

describe("parseExactInteger", () => {
  it.each([
    ["1,200", 1200],
    ["１２３", 123],
    ["12.0", 12],
    ["1.2万人", 12000],
    ["120人", 120],
    ["12.5", "NOT_AN_INTEGER"],
    ["-1", "NEGATIVE"],
    ["99999999999999999999", "TOO_LARGE"],
    ["十二", "NOT_A_NUMBER"],
  ])("%s is %s", (text, expected) => expect(value(parseExactInteger(text, { min: 0, units: ["人"] }))).toBe(expected));

  it("says TOO_SMALL where the bound is not about the sign", () => {
    expect(parseExactInteger("0", { min: 1 })).toMatchObject({ code: "TOO_SMALL", details: { min: "1" } });
  });
});

it("parseExactDecimal keeps what was written and agrees with its own formatting", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 12 }), (units, scale) => {
      const outcome = parseExactDecimal(formatScaled(units, scale));
      if (!outcome.ok) throw new Error(outcome.code);
      expect(outcome.value.units * 10n ** BigInt(scale - outcome.value.scale)).toBe(units);
    }),
  );
});

it("shows a double as a spreadsheet does, with 15 digits", () => {
  expect(textOfDouble(0.1 + 0.2)).toBe("0.3");
  expect(textOfDouble(1234.5600000000001)).toBe("1234.56");
});
