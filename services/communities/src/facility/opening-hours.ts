import type { InputProblem } from "@gongjian/subgraph";

/** The days of a week as OpenStreetMap's `opening_hours` writes them, Monday first (ISO 8601). */
export const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] as const;
export type Day = (typeof DAYS)[number];

export const WEEKDAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A time of the week at which a place is open. `closes` at or before `opens` is of the next day. */
export interface OpeningPeriod {
  days: readonly Day[];
  /** `HH:MM`, 00:00 to 23:59. */
  opens: string;
  /** `HH:MM`, 00:01 to 24:00. */
  closes: string;
}

const DAY = 24 * 60;
const WEEK = 7 * DAY;
/** More than any office has; the matching of a week against itself stays cheap. */
export const MOST_PERIODS = 21;

const NAMES: readonly (readonly string[])[] = [
  ["mo", "mon", "monday", "一"],
  ["tu", "tue", "tuesday", "二"],
  ["we", "wed", "wednesday", "三"],
  ["th", "thu", "thursday", "四"],
  ["fr", "fri", "friday", "五"],
  ["sa", "sat", "saturday", "六"],
  ["su", "sun", "sunday", "日", "天"],
];
const WHOLE: Readonly<Record<string, string>> = {
  每天: "mo-su",
  每日: "mo-su",
  daily: "mo-su",
  工作日: "mo-fr",
  周末: "sa-su",
  週末: "sa-su",
};
const RULE = /^(.+?) *([0-9]{1,2}):([0-9]{2}) *(?:-|至|到) *([0-9]{1,2}):([0-9]{2})$/u;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function dayOf(text: string): number | null {
  const name = text.trim().replace(/^(?:周|週|星期|礼拜|禮拜)/u, "");
  const at = NAMES.findIndex((names) => names.includes(name));
  return at < 0 ? null : at;
}

/** `Mo-Fr,Su`: ranges may run over the end of the week. */
function daysOf(text: string): Day[] | null {
  const days = new Set<number>();
  for (const part of (WHOLE[text.trim()] ?? text).split(/[,、]/u)) {
    const ends = part.split(/-|至|到/u).map(dayOf);
    const [first, last = first] = ends;
    if (ends.length > 2 || first == null || last == null) return null;
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === last) break;
    }
  }
  return DAYS.filter((_, day) => days.has(day));
}

/**
 * Reads one rule: days and a time, as OpenStreetMap writes it (`Mo-Fr 09:00-17:00`, `Sa,Su 10:00-16:00`) or in Chinese
 * (`周一至周五 9:00-17:00`). Null when it is none.
 */
export function parseHours(text: string): OpeningPeriod | null {
  const written = text
    .normalize("NFKC")
    .replaceAll(/[–—~〜]/gu, "-")
    .toLowerCase()
    .trim();
  const [, days, ...time] = RULE.exec(written) ?? [];
  const found = days === undefined ? null : daysOf(days);
  const [hour, minute, endHour, endMinute] = time.map(Number) as [number, number, number, number];
  if (found === null || hour > 23 || minute > 59 || endMinute > 59 || endHour * 60 + endMinute > DAY) return null;
  const two = (value: number): string => String(value).padStart(2, "0");
  const opens = `${two(hour)}:${two(minute)}`;
  const closes = endHour + endMinute === 0 ? "24:00" : `${two(endHour)}:${two(endMinute)}`;
  return opens === closes ? null : { days: found, opens, closes };
}

/** The rule as it is stored and shown: days that follow each other as a range. */
export function formatHours({ days, opens, closes }: OpeningPeriod): string {
  const runs: Day[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && DAYS.indexOf(run.at(-1)!) + 1 === DAYS.indexOf(day)) run.push(day);
    else runs.push([day]);
  }
  const written = runs.map((run) => (run.length > 2 ? `${run[0]}-${run.at(-1)}` : run.join(",")));
  return `${written.join(",")} ${opens}-${closes}`;
}

/** Spans of minutes from Monday 00:00, `[first, end)`; one that runs over the end of the week goes on at its beginning. */
function spansOf(period: OpeningPeriod): [number, number][] {
  const opens = minutesOf(period.opens);
  const closes = minutesOf(period.closes);
  const long = closes > opens ? closes - opens : closes + DAY - opens;
  return period.days.flatMap((day): [number, number][] => {
    const first = DAYS.indexOf(day) * DAY + opens;
    const end = first + long;
    return end <= WEEK
      ? [[first, end]]
      : [
          [first, WEEK],
          [0, end - WEEK],
        ];
  });
}

/** What is wrong with a list of rules. */
export function checkHours(rules: readonly string[] | null | undefined): InputProblem[] {
  if (!rules) return [];
  if (rules.length > MOST_PERIODS)
    return [{ field: "openingHours", code: "TOO_MANY", message: `At most ${MOST_PERIODS} times of the week are taken.` }];
  const problems: InputProblem[] = [];
  const periods = rules.map(parseHours);
  periods.forEach((period, index) => {
    if (period === null)
      problems.push({
        field: `openingHours.${index}`,
        code: "MALFORMED",
        message: "A time of the week is written like Mo-Fr 09:00-17:00.",
      });
  });
  const spans = periods.flatMap((period, index) => (period === null ? [] : spansOf(period).map((span) => [...span, index] as const)));
  spans.sort(([a], [b]) => a - b);
  let until = 0;
  const overlapping = new Set<number>();
  for (const [first, end, index] of spans) {
    if (first < until) overlapping.add(index);
    until = Math.max(until, end);
  }
  for (const index of overlapping)
    problems.push({ field: `openingHours.${index}`, code: "OVERLAPS", message: "The place is open then already." });
  return problems;
}

/** The minute of the week in a time zone, from Monday 00:00: 0 to 10,079. */
export function minuteOfWeek(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)!.value;
  const day = DAYS.indexOf(part("weekday").slice(0, 2) as Day);
  return day * DAY + Number(part("hour")) * 60 + Number(part("minute"));
}

/** Stored rules as data. */
export const periodsOf = (rules: readonly string[]): OpeningPeriod[] => rules.flatMap((rule) => parseHours(rule) ?? []);

/** Whether a place with these hours is open at an instant, by the clock of its zone; null when its hours are not known. Pure. */
export function isOpenAt(periods: readonly OpeningPeriod[], at: Date, timeZone: string): boolean | null {
  if (periods.length === 0) return null;
  const minute = minuteOfWeek(at, timeZone);
  return periods.some((period) => spansOf(period).some(([first, end]) => first <= minute && minute < end));
}
