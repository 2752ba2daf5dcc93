import { fold, gramsOf, likeness } from "@gongjian/hantext";

export type DuplicateReason = "CREDIT_CODE" | "NAME" | "SIMILAR_NAME";

/** What duplicates are told by. */
export interface Named {
  id: string;
  name: string;
  creditCode: string | null;
  /** The names of its region and of all that contain or manage it. */
  regionNames?: readonly string[];
}

export interface DuplicatePair<R extends Named> {
  one: R;
  other: R;
  reason: DuplicateReason;
  /** 0 to 1. */
  likeness: number;
}

const MARKS = /[\s\p{P}\p{S}]+/gu;
/** Under what law a body stands, which says nothing about whether two records mean the same one. */
const LEGAL_FORM = /(?:(?:集团)?(?:股份)?有限(?:责任)?公司|(?:普通|有限)合伙|合伙企业|个人独资企业|民办非企业单位|集团|公司)$/u;
/** What kind of body it calls itself: many share it, and one body is written with it in several ways. */
const KIND =
  /(?:(?:社会工作|社工|公益|志愿|社区|居民|养老|文化|物业)?(?:服务|发展|支持|促进)*(?:中心|协会|促进会|联合会|基金会|服务社|服务站|工作室))$/u;
const LEVEL = /(?:特别行政区|自治区|自治州|自治县|街道|地区|新区|省|市|区|县|镇|乡|旗|盟)$/u;

/** Takes from the end of a text what matches, again and again, but never all of it. */
function withoutEnd(text: string, pattern: RegExp): string {
  const bare = text.replace(pattern, "");
  return bare === text || bare === "" ? text : withoutEnd(bare, pattern);
}

/** The ways in which a name may begin with one of the regions: 成都市 and 成都; the longest first. */
export function regionPrefixes(regionNames: readonly string[]): string[] {
  const keys = regionNames.map((name) => fold(name).replace(MARKS, ""));
  const short = keys.map((key) => key.replace(LEVEL, "")).filter((key) => [...key].length >= 2);
  return [...new Set([...keys, ...short])].filter((key) => key !== "").sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

const shortRegion = (name: string): string => {
  const key = fold(name).replace(MARKS, "");
  const short = key.replace(LEVEL, "");
  return [...short].length >= 2 ? short : key;
};

/**
 * The name in one script, without marks, the regions that it begins with, and its legal form; never empty unless the name is. And the last of
 * those regions, in its short form.
 */
function parted(name: string, prefixes: readonly string[]): { core: string; region: string | null } {
  let core = withoutEnd(fold(name).replace(MARKS, ""), LEGAL_FORM);
  let region: string | null = null;
  for (;;) {
    const prefix = prefixes.find((each) => core.startsWith(each));
    if (prefix === undefined || prefixes.includes(core)) return { core, region };
    core = core.slice(prefix.length);
    region = shortRegion(prefix);
  }
}

export const coreName = (name: string, prefixes: readonly string[]): string => parted(name, prefixes).core;

/** What numbers a name: figures, and 第一, 第二 … */
const numbersOf = (core: string): string => (core.match(/\d+|第[一二三四五六七八九十百]+/gu) ?? []).join(" ");

/** What is left of a core name without the kind of body it calls itself. */
export const stemOf = (core: string): string => withoutEnd(core, KIND);

/** The body's own code within its credit code: characters 9 to 17 (GB 32100-2015, after GB 11714). It outlives a change of registrar. */
export const bodyCode = (creditCode: string | null): string | null => creditCode?.slice(8, 17) ?? null;

/** A record with what it is compared by. */
export interface Compared<R extends Named> {
  record: R;
  body: string | null;
  core: string;
  /** The last region that the name begins with, and the short names of those that the record lies in. */
  named: string | null;
  regions: ReadonlySet<string>;
  numbers: string;
  coreGrams: string[];
  stemGrams: string[];
}

export function compared<R extends Named>(record: R, prefixes: readonly string[]): Compared<R> {
  const { core, region: named } = parted(record.name, prefixes);
  const regions = new Set((record.regionNames ?? []).map(shortRegion));
  const grams = { coreGrams: gramsOf(core), stemGrams: gramsOf(stemOf(core)) };
  return { record, body: bodyCode(record.creditCode), core, named, regions, numbers: numbersOf(core), ...grams };
}

/**
 * Whether names alone tell two bodies apart, however alike the rest is: two codes, two running numbers, or two regions of which neither is
 * where the other record lies (石羊街道办事处, 华阳街道办事处).
 */
const toldApart = (a: Compared<Named>, b: Compared<Named>): boolean =>
  (a.body !== null && b.body !== null && a.body !== b.body) ||
  (a.numbers !== "" && b.numbers !== "" && a.numbers !== b.numbers) ||
  (a.named !== null && b.named !== null && a.named !== b.named && !a.regions.has(b.named) && !b.regions.has(a.named));

/**
 * Why two records may mean the same body, or null. Names are as alike as the mean of their cores and of their stems says: 社会工作服务中心
 * in both makes no two the same, and 协会 in one and 中心 in the other not quite. @param atLeast 0.5 to 1
 */
export function pairOf<R extends Named>(a: Compared<R>, b: Compared<R>, atLeast: number): DuplicatePair<R> | null {
  const [one, other] = a.record.id < b.record.id ? [a.record, b.record] : [b.record, a.record];
  const names = a.core === b.core ? 1 : (likeness(a.coreGrams, b.coreGrams) + likeness(a.stemGrams, b.stemGrams)) / 2;
  if (a.body !== null && a.body === b.body) return { one, other, reason: "CREDIT_CODE", likeness: names };
  if (toldApart(a, b)) return null;
  if (a.core === b.core) return { one, other, reason: "NAME", likeness: 1 };
  return names >= atLeast ? { one, other, reason: "SIMILAR_NAME", likeness: names } : null;
}

const REASONS: readonly DuplicateReason[] = ["CREDIT_CODE", "NAME", "SIMILAR_NAME"];

/** The surest first. */
export const bySureness = <R extends Named>(a: DuplicatePair<R>, b: DuplicatePair<R>): number =>
  REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason) ||
  b.likeness - a.likeness ||
  (`${a.one.id}${a.other.id}` < `${b.one.id}${b.other.id}` ? -1 : 1);

/**
 * The pairs among records that may mean the same body, the surest first. Only those that share a body code, a core or a pair of characters
 * of their stems are compared: with `atLeast` from 0.5 on, no others can be alike.
 */
export function duplicatePairs<R extends Named>(records: readonly R[], prefixes: readonly string[], atLeast: number): DuplicatePair<R>[] {
  const all = records.map((record) => compared(record, prefixes));
  const blocks = new Map<string, number[]>();
  const pairs = new Map<string, DuplicatePair<R>>();
  all.forEach((now, index) => {
    const keys = [`core ${now.core}`, ...(now.body === null ? [] : [`body ${now.body}`]), ...now.stemGrams.map((gram) => `gram ${gram}`)];
    const near = new Set(keys.flatMap((key) => blocks.get(key) ?? []));
    for (const before of near) {
      const pair = pairOf(all[before]!, now, atLeast);
      if (pair) pairs.set(`${before} ${index}`, pair);
    }
    for (const key of keys) blocks.set(key, [...(blocks.get(key) ?? []), index]);
  });
  return [...pairs.values()].sort(bySureness);
}
