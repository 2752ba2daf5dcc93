import type { Script } from "./characters";

/** Longest header that is read, in UTF-16 units; what lies beyond is ignored. Browsers send less than 200. */
const MAX_HEADER = 1_000;
const QUALITY = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;
const TRADITIONAL_REGIONS = new Set(["tw", "hk", "mo"]);

const scriptOfTag = (tag: string): Script | null => {
  const [language, ...subtags] = tag.toLowerCase().split("-");
  if (language !== "zh") return null;
  if (subtags.includes("hant")) return "zh-Hant";
  if (subtags.includes("hans")) return "zh-Hans";
  return subtags.some((subtag) => TRADITIONAL_REGIONS.has(subtag)) ? "zh-Hant" : "zh-Hans";
};

/**
 * The Chinese script that an Accept-Language header (RFC 9110, 12.5.4) likes best; null when it names no Chinese or rules it out with
 * q=0. Other languages do not compete: to a reader of English first and zh-TW second, our Chinese text is best given in Traditional.
 * Ranges that break the grammar are skipped; nothing throws.
 */
export function parseAcceptLanguage(header: string | undefined): Script | null {
  if (typeof header !== "string") return null;
  const ranges = header.slice(0, MAX_HEADER).split(",");
  if (header.length > MAX_HEADER) ranges.pop();
  let best: Script | null = null;
  let bestQuality = 0;
  for (const range of ranges) {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim());
    if (!/^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag) || parameters.length > 1) continue;
    const weight = parameters[0] === undefined ? "1" : /^q=(.*)$/i.exec(parameters[0])?.[1];
    if (weight === undefined || !QUALITY.test(weight)) continue;
    const script = scriptOfTag(tag);
    if (script && Number(weight) > bestQuality) {
      best = script;
      bestQuality = Number(weight);
    }
  }
  return best;
}
