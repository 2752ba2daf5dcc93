import { bad, good, type Outcome } from "./outcome";

/** A calendar day, YYYY-MM-DD. */
export type LocalDate = `${number}-${number}-${number}`;

const EARLIEST: LocalDate = "1900-01-01";
const LATEST: LocalDate = "2100-12-31";

/** A bare number counts as an Excel day only between these (1954-10-03 and 2100-12-31): 2024 is a year that someone typed. */
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 73_415;

const DAY_MS = 86_400_000;

const two = (n: number) => String(n).padStart(2, "0");

/** The given day, or IMPOSSIBLE_DATE where the calendar has none such. */
export function dayOf(year: number, month: number, day: number): Outcome<LocalDate> {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? good(`${String(year).padStart(4, "0")}-${two(month)}-${two(day)}` as LocalDate) : bad("IMPOSSIBLE_DATE");
}

export interface SerialOptions {
  /** The workbook counts from 1904 (old Macintosh files). */
  date1904?: boolean;
}

/** Milliseconds of the wall clock (as if UTC) of an Excel day number. Day 60 of the 1900 system, 29 February 1900, never was. */
function serialMs(serial: number, { date1904 = false }: SerialOptions): number | null {
  if (!Number.isFinite(serial) || serial < 0 || serial > 3_000_000) return null;
  if (date1904) return Date.UTC(1904, 0, 1) + Math.round(serial * 86_400) * 1000;
  if (Math.floor(serial) === 60 || serial < 1) return null;
  return Date.UTC(1899, 11, serial < 60 ? 31 : 30) + Math.round(serial * 86_400) * 1000;
}

/** The wall clock time of an Excel day number, to the second: { date, time }. */
export function excelSerial(serial: number, options: SerialOptions = {}): Outcome<{ date: LocalDate; time: string }> {
  const ms = serialMs(serial, options);
  if (ms === null) return bad("IMPOSSIBLE_DATE");
  const iso = new Date(ms).toISOString();
  return good({ date: iso.slice(0, 10) as LocalDate, time: iso.slice(11, 19) });
}

/** The Excel day number (1900 system) of a day from 1 March 1900 on. */
export const serialOf = (date: LocalDate): number => (Date.parse(`${date}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / DAY_MS;

interface Written {
  date: LocalDate;
  /** What follows the date: nothing, or a time. */
  rest: string;
}

const ISO = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(.*)$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const CHINESE = /^(公元|西元|民国|中华民国|民國|中華民國)?\s*(\d{1,4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號](.*)$/;
const MINGUO = /^(?:民国|中华民国|民國|中華民國)\s*(\d{1,3})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(.*)$/;
const FOREIGN = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b/;

function splitDate(text: string): Outcome<Written> {
  const from = (year: number, month: string, day: string, rest: string): Outcome<Written> => {
    const date = dayOf(year, Number(month), Number(day));
    return date.ok ? good({ date: date.value, rest: rest.trim() }) : date;
  };
  const iso = ISO.exec(text);
  if (iso) return from(Number(iso[1]), iso[3] ?? "", iso[4] ?? "", iso[5] ?? "");
  const compact = COMPACT.exec(text);
  if (compact) return from(Number(compact[1]), compact[2] ?? "", compact[3] ?? "", "");
  const chinese = CHINESE.exec(text);
  if (chinese) {
    const minguo = /[民]/.test(chinese[1] ?? "");
    if (!minguo && (chinese[2] ?? "").length < 4) return bad("NOT_A_DATE");
    return from(Number(chinese[2]) + (minguo ? 1911 : 0), chinese[3] ?? "", chinese[4] ?? "", chinese[5] ?? "");
  }
  const minguo = MINGUO.exec(text);
  if (minguo) return from(Number(minguo[1]) + 1911, minguo[3] ?? "", minguo[4] ?? "", minguo[5] ?? "");
  return bad(FOREIGN.test(text) ? "AMBIGUOUS_DATE" : "NOT_A_DATE");
}

const plainText = (text: string) => text.normalize("NFKC").trim();

const serialIn = (text: string): number | null => {
  if (!/^\d{5}(\.\d+)?$/.test(text)) return null;
  const serial = Number(text);
  return serial >= FIRST_SERIAL && serial < LAST_SERIAL + 1 ? serial : null;
};

/**
 * Reads a calendar day: 2024-04-08, 2024/4/8, 2024.4.8, 20240408, 2024年4月8日, 民国113年4月8日, or an Excel day number.
 * Day-first and month-first forms are AMBIGUOUS_DATE; a time other than midnight is DATE_HAS_TIME.
 */
export function parseExactDate(
  text: string,
  { min = EARLIEST, max = LATEST, ...serial }: { min?: LocalDate; max?: LocalDate } & SerialOptions = {},
): Outcome<LocalDate> {
  const plain = plainText(text);
  const number = serialIn(plain);
  if (number !== null) {
    const day = excelSerial(number, serial);
    if (!day.ok) return day;
    return day.value.time === "00:00:00" ? inRange(day.value.date, min, max) : bad("DATE_HAS_TIME");
  }
  const written = splitDate(plain);
  if (!written.ok) return written;
  const rest = written.value.rest.replace(/^T/i, "");
  if (rest !== "") {
    const time = parseTime(rest);
    if (!time.ok) return bad("NOT_A_DATE");
    if (time.value.time !== "00:00:00") return bad("DATE_HAS_TIME");
  }
  return inRange(written.value.date, min, max);
}

/** The day, or DATE_OUT_OF_RANGE. */
export const inRange = (date: LocalDate, min: LocalDate = EARLIEST, max: LocalDate = LATEST): Outcome<LocalDate> =>
  date < min || date > max ? bad("DATE_OUT_OF_RANGE", { min, max }) : good(date);

const HALF_DAYS: Readonly<Record<string, number>> = { 上午: 0, 早上: 0, 凌晨: 0, 中午: 12, 下午: 12, 晚上: 12 };
const TIME =
  /^(上午|早上|凌晨|中午|下午|晚上)?\s*(\d{1,2})\s*(?:[:时時点點])\s*(?:(\d{1,2})\s*分?)?(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

interface WrittenTime {
  time: string;
  ms: number;
  offset: string | null;
}

function parseTime(text: string): Outcome<WrittenTime> {
  const match = TIME.exec(text.replace(/半$/, "30分"));
  if (!match) return bad("NOT_A_DATE");
  const hour = Number(match[2]);
  const half = match[1] ? (HALF_DAYS[match[1]] ?? 0) : 0;
  const hours = half === 12 && hour < 12 ? (match[1] === "中午" && hour >= 11 ? hour : hour + 12) : hour;
  const minutes = Number(match[3] ?? 0);
  const seconds = Number(match[4] ?? 0);
  if (hours > 23 || minutes > 59 || seconds > 59) return bad("IMPOSSIBLE_DATE");
  const ms = Number((match[5] ?? "").padEnd(3, "0").slice(0, 3));
  return good({ time: `${two(hours)}:${two(minutes)}:${two(seconds)}`, ms, offset: match[6] ?? null });
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function wallClock(instant: number, zone: string): number {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formatters.set(zone, formatter);
  }
  const part = Object.fromEntries(formatter.formatToParts(instant).map(({ type, value }) => [type, value]));
  return Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`);
}

/** Whether the name is an IANA time zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(name);
  } catch {
    return false;
  }
}

/** The instant at which clocks of `zone` show the date and time; IMPOSSIBLE_DATE where they skip it. The earlier of two. */
export function instantIn(date: LocalDate, time: string, ms: number, zone: string): Outcome<string> {
  const wall = Date.parse(`${date}T${time}Z`);
  for (const probe of [wall - DAY_MS, wall + DAY_MS]) {
    const instant = wall - (wallClock(probe, zone) - probe);
    if (wallClock(instant, zone) === wall) return good(new Date(instant + ms).toISOString());
  }
  return bad("IMPOSSIBLE_DATE");
}

/**
 * Reads a point in time into ISO 8601 UTC: 2024-04-08T14:00:00+08:00, or a local form (2024-04-08 14:00,
 * 2024年4月8日下午2点30分, an Excel day number with a time) taken in `zone`.
 */
export function parseExactInstant(text: string, { zone, ...serial }: { zone: string } & SerialOptions): Outcome<string> {
  const plain = plainText(text);
  const number = serialIn(plain);
  if (number !== null) return instantOfSerial(number, { zone, ...serial });
  const written = splitDate(plain);
  if (!written.ok) return written;
  const range = inRange(written.value.date);
  if (!range.ok) return range;
  const rest = written.value.rest.replace(/^T/i, "");
  if (rest === "") return bad("NO_TIME");
  const time = parseTime(rest);
  if (!time.ok) return time;
  const { offset, ms } = time.value;
  if (offset === null) return instantIn(written.value.date, time.value.time, ms, zone);
  const colon = /^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
  const instant = Date.parse(`${written.value.date}T${time.value.time}${colon}`);
  return Number.isNaN(instant) ? bad("IMPOSSIBLE_DATE") : good(new Date(instant + ms).toISOString());
}

/** The instant of an Excel day number on clocks of `zone`; a whole day has NO_TIME. */
export function instantOfSerial(serial: number, { zone, ...options }: { zone: string } & SerialOptions): Outcome<string> {
  if (Number.isInteger(serial)) return bad("NO_TIME");
  const wall = excelSerial(serial, options);
  return wall.ok ? instantIn(wall.value.date, wall.value.time, 0, zone) : wall;
}
