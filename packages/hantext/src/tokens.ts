import { converters } from "./opencc";
import { initialOf, pieces, readRun, type Piece } from "./pinyin";
import { SPOKEN_FORMS } from "./readings";
import { WORDS_CN_TW } from "./words";

/** Longest token in characters (at most 128 bytes of UTF-8; PostgreSQL allows 2,046). Tokens are cut here, and queries likewise. */
export const MAX_TOKEN = 32;
/** Most characters of one text that are indexed: about 130 kB of tokens, where a tsvector may hold 1 MB. */
const MAX_TEXT = 2_000;
/** Most other readings of one name that are indexed beside the first. */
const MAX_OTHER_READINGS = 6;

/** The offices that nearly every name in the register ends with: found from the name's start, not from within themselves. */
const OFFICE = /(?:(?:村民|居民)委员会|村委会|居委会)$/;

export const cut = (token: string): string => (token.length <= MAX_TOKEN ? token : Array.from(token).slice(0, MAX_TOKEN).join(""));

const addHan = (chars: readonly string[], tokens: Set<string>): void => {
  for (let i = 0; i < chars.length; i++) {
    tokens.add(chars[i] as string);
    if (i > 0) tokens.add((chars[i - 1] as string) + chars[i]);
  }
};

/** The units from `start` on, joined up to the longest token. */
const joinFrom = (units: readonly string[], start: number): string => {
  let joined = "";
  for (let i = start; i < units.length && joined.length < MAX_TOKEN; i++) joined += units[i];
  return cut(joined);
};

const addReading = (units: readonly string[], starts: number, tokens: Set<string>): void => {
  const initials = units.map(initialOf);
  for (let start = 0; start < starts; start++) {
    tokens.add(joinFrom(units, start));
    tokens.add(joinFrom(initials, start));
  }
};

const addPieces = (all: readonly Piece[], tokens: Set<string>): void => {
  const units: string[] = [];
  const others: (readonly string[])[] = [];
  let starts = 0;
  for (const piece of all) {
    if ("word" in piece) {
      tokens.add(cut(piece.word));
      units.push(piece.word);
      others.push([]);
      starts = units.length;
      continue;
    }
    addHan(piece.han, tokens);
    const run = readRun(piece.han);
    const text = piece.han.join("");
    const office = OFFICE.exec(text);
    starts = units.length + (office && office.index > 0 ? Array.from(text.slice(0, office.index)).length : run.syllables.length);
    for (let i = 0; i < run.syllables.length; i++) {
      units.push(run.syllables[i] as string);
      others.push(run.others[i] as readonly string[]);
    }
    for (const name in SPOKEN_FORMS) if (text.includes(name)) tokens.add(SPOKEN_FORMS[name] as string);
  }
  addReading(units, starts, tokens);
  let more = MAX_OTHER_READINGS;
  for (let at = 0; at < starts && more > 0; at++) {
    for (const other of others[at] as readonly string[]) {
      if (other === units[at] || more-- <= 0) continue;
      const changed = units.slice();
      changed[at] = other;
      addReading(changed, at + 1, tokens);
    }
  }
};

/**
 * The lexemes of a name, or of several texts of one row, for `array_to_tsvector`: folded characters and pairs of them, and from every
 * syllable on the pinyin and the initials, so that a prefix search finds the name from any of its syllables; other readings of
 * polyphones; words in other scripts. No token twice, none empty, none over {@link MAX_TOKEN} characters, none with a control character.
 * Of each text the first 2,000 characters count.
 */
export function indexTokens(text: string | readonly string[]): string[] {
  const tokens = new Set<string>();
  for (const one of typeof text === "string" ? [text] : text) {
    const bounded = one.length > MAX_TEXT ? one.slice(0, MAX_TEXT) : one;
    addPieces(pieces(bounded), tokens);
    if (hasTaiwanWords(bounded)) addPieces(pieces(converters.twWordsToCn()(bounded)), tokens);
  }
  tokens.delete("");
  return [...tokens];
}

const TAIWAN_WORDS = new RegExp(WORDS_CN_TW.map(([tw]) => tw).join("|"));
/** Whether the text has a word (軟體) that mainland readers look for under their own (软件). */
export const hasTaiwanWords = (text: string): boolean => TAIWAN_WORDS.test(text);
