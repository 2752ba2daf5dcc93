import { evidence, isHan, isSimplified, type Script } from "./characters";
import { converters } from "./opencc";

/** Entries and length (UTF-16 units) up to which a conversion is remembered: names repeat, articles do not. */
const CACHE_ENTRIES = 20_000;
const CACHE_LENGTH = 64;
/** Rounds after which a conversion that keeps changing is left alone. Divisible by 1-4, so a cycle of that length ends where it would again. */
const ROUNDS = 12;

const cache: Record<Script, Map<string, string>> = { "zh-Hans": new Map(), "zh-Hant": new Map() };

const toSimplified = (text: string): string => {
  const { traditional, simplified } = evidence(text);
  if (traditional > 0) return converters.twWordsToCn()(text);
  return simplified > 0 ? text : converters.twToCn()(text);
};

const toTraditional = (text: string): string => {
  if (evidence(text).traditional === 0) return converters.cnToTwWords()(text);
  // Traditional or mixed: only what is surely Simplified is touched, or 信義里 would come out as 信義裡.
  return Array.from(text, (char) => (isSimplified(char) ? converters.cnToTwWords()(char) : char)).join("");
};

const settle = (text: string, step: (text: string) => string): string => {
  let now = text;
  for (let round = 0; round < ROUNDS; round++) {
    const next = step(now);
    if (next === now) return now;
    now = next;
  }
  return now;
};

/**
 * The text in the script asked for: characters by phrase (头发 → 頭髮), place names by their own rules (余家湾 → 余家灣) and the everyday
 * words that differ (软件 ↔ 軟體). Text that is already in that script comes back unchanged, so a second call changes nothing.
 */
export function toScript(text: string, script: Script): string {
  if (!isHan(text)) return text;
  const step = script === "zh-Hans" ? toSimplified : toTraditional;
  if (text.length > CACHE_LENGTH) return settle(text, step);
  const known = cache[script];
  let converted = known.get(text);
  if (converted === undefined) {
    converted = settle(text, step);
    if (known.size >= CACHE_ENTRIES) known.clear();
    known.set(text, converted);
  }
  return converted;
}

/** The script that most of the telling characters belong to; null where none tells (北京, English) or they balance. */
export function scriptOf(text: string): Script | null {
  const { traditional, simplified } = evidence(text);
  if (traditional === simplified) return null;
  return traditional > simplified ? "zh-Hant" : "zh-Hans";
}
