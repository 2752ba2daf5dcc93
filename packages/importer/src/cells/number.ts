import { bad, good, type Outcome } from "./outcome";

/** An exact decimal: `units` / 10^`scale`, with as few decimals as the number needs. */
export interface Decimal {
  units: bigint;
  scale: number;
}

/** Longer texts are not numbers that anyone typed, and big powers of ten must not cost time. */
const MAX_DIGITS = 40;

const SCALE_WORDS: Readonly<Record<string, number>> = { 十: 1, 百: 2, 千: 3, 万: 4, 萬: 4, 亿: 8, 億: 8 };

const NUMBER = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;

/** 5-8万, 5万至8万元, 100~200: two amounts in one cell, of which neither may be dropped unseen. */
const RANGE =
  /^[¥￥]?\d[\d.,]{0,40}\s*[十百千万萬亿億]{0,3}\s*\p{Script=Han}?\s*[-~\u2014至到]+\s*[¥￥]?\d[\d.,]{0,40}\s*[十百千万萬亿億]{0,3}\s*\p{Script=Han}{0,3}$/u;

/** Full-width digits, signs and separators to ASCII; an accountant's (5) is -5. */
function plainNumber(text: string): string {
  const plain = text
    .normalize("NFKC")
    .replace(/[\u2212\u2012\u2013]/g, "-")
    .trim();
  const accounting = /^\((.+)\)$/.exec(plain);
  return accounting ? `-${accounting[1]}` : plain;
}

function lowest(units: bigint, scale: number): Decimal {
  let u = units;
  let s = scale;
  while (s > 0 && u % 10n === 0n) {
    u /= 10n;
    s -= 1;
  }
  return { units: u, scale: s };
}

/** `decimal` × 10^`power`, exactly. */
export function shift(decimal: Decimal, power: number): Decimal {
  return power >= decimal.scale
    ? { units: decimal.units * 10n ** BigInt(power - decimal.scale), scale: 0 }
    : lowest(decimal.units, decimal.scale - power);
}

/**
 * Reads a decimal exactly: full-width digits, a leading sign, thousands separators in groups of three and an
 * exponent are understood. No arithmetic on floats. Fails with NOT_A_NUMBER or PERCENT.
 */
export function parseExactDecimal(text: string): Outcome<Decimal> {
  const plain = plainNumber(text);
  if (/^[+-]?[\d.,]+\s*[%‰]$/.test(plain)) return bad("PERCENT");
  const match = plain.length <= MAX_DIGITS * 2 ? NUMBER.exec(plain) : null;
  if (!match || (match[2] === undefined && match[3] === undefined)) return bad("NOT_A_NUMBER");
  const whole = (match[2] ?? "").replaceAll(",", "");
  const fraction = match[3] ?? "";
  if (whole.length + fraction.length > MAX_DIGITS) return bad("NOT_A_NUMBER");
  const exponent = Number(match[4] ?? 0);
  if (Math.abs(exponent) > MAX_DIGITS) return bad("NOT_A_NUMBER");
  const units = BigInt(`${whole}${fraction}`) * (match[1] === "-" ? -1n : 1n);
  return good(shift(lowest(units, fraction.length), exponent));
}

/** As `parseExactDecimal`, with a Chinese power of ten (1.2万, 3千万) and one of `units` (人, 户 …) allowed after the number. Fails with NUMBER_RANGE for two numbers too. */
export function parseCounted(text: string, units: readonly string[] = []): Outcome<{ decimal: Decimal; hadUnit: boolean }> {
  let rest = plainNumber(text);
  let hadUnit = false;
  const unit = units.find((word) => rest.endsWith(word));
  if (unit) {
    rest = rest.slice(0, -unit.length).trim();
    hadUnit = true;
  }
  let power = 0;
  for (let word = SCALE_WORDS[rest.slice(-1)]; word !== undefined; word = SCALE_WORDS[rest.slice(-1)]) {
    power += word;
    rest = rest.slice(0, -1).trim();
    hadUnit = true;
    if (power > 16) return bad("NOT_A_NUMBER");
  }
  const decimal = parseExactDecimal(rest);
  if (!decimal.ok && decimal.code === "NOT_A_NUMBER" && RANGE.test(plainNumber(text))) return bad("NUMBER_RANGE");
  return decimal.ok ? good({ decimal: shift(decimal.value, power), hadUnit }) : decimal;
}

/** `decimal` in units of 10^-`scale`, or TOO_MANY_DECIMALS. */
export function toScale(decimal: Decimal, scale: number): Outcome<bigint> {
  if (decimal.scale > scale) return bad("TOO_MANY_DECIMALS", { scale });
  return good(decimal.units * 10n ** BigInt(scale - decimal.scale));
}

/** `min` ≤ `value` ≤ `max`, or NEGATIVE, TOO_SMALL, TOO_LARGE; bounds are shown divided by 10^`scale`. */
export function within(value: bigint, min: bigint, max: bigint, scale = 0): Outcome<bigint> {
  if (value < min) return value < 0n && min >= 0n ? bad("NEGATIVE") : bad("TOO_SMALL", { min: formatScaled(min, scale) });
  if (value > max) return bad("TOO_LARGE", { max: formatScaled(max, scale) });
  return good(value);
}

/** Writes `units` / 10^`scale` with all its decimals: formatScaled(120050n, 2) is "1200.50". */
export function formatScaled(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const sign = units < 0n ? "-" : "";
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/**
 * A whole number between `min` and `max` (safe integers by default). `power` is the power of ten of the column's own unit
 * (4 when its heading says 万人) and holds only for a bare number.
 */
export function parseExactInteger(
  text: string,
  { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, units = [] as readonly string[], power = 0 } = {},
): Outcome<number> {
  const counted = parseCounted(text, units);
  if (!counted.ok) return counted;
  const { decimal, hadUnit } = counted.value;
  const count = hadUnit ? decimal : shift(decimal, power);
  if (count.scale > 0) return bad("NOT_AN_INTEGER");
  const bounded = within(count.units, BigInt(min), BigInt(max));
  return bounded.ok ? good(Number(bounded.value)) : bounded;
}

/** Largest amount in yuan that a column takes unless it says otherwise: a hundred billion. */
export const MAX_YUAN = 100_000_000_000;

/**
 * Reads an amount of yuan into integer fen: 1,234.5, ￥1234.50, 1.5万元, 人民币300元. `power` is the power of ten of the
 * column's own unit (4 when its heading says 万元) and holds only for a bare number. At most 2 decimals of a yuan.
 */
export function parseExactMoney(text: string, { min = 0, max = MAX_YUAN, power = 0 } = {}): Outcome<number> {
  const plain = plainNumber(text).replace(/^(-?)(?:人民币|人民幣|CNY|RMB|[¥￥])\s*(-?)/i, "$1$2");
  const counted = parseCounted(plain, ["元整", "圆整", "人民币", "元", "圆"]);
  if (!counted.ok) return counted;
  const { decimal, hadUnit } = counted.value;
  const fen = toScale(hadUnit ? decimal : shift(decimal, power), 2);
  if (!fen.ok) return fen;
  const bounded = within(fen.value, BigInt(min) * 100n, BigInt(max) * 100n, 2);
  return bounded.ok ? good(Number(bounded.value)) : bounded;
}

/** Integer fen as yuan with two decimals: 123450 is "1234.50". Bound: safe integers. */
export const formatFen = (fen: number): string => formatScaled(BigInt(fen), 2);

/**
 * The number a spreadsheet shows for a stored double. Spreadsheets keep 15 significant digits; the noise behind
 * them (0.1 + 0.2 stored as 0.30000000000000004) is not part of what the person sees.
 */
export const textOfDouble = (value: number): string => String(Number(value.toPrecision(15)));
