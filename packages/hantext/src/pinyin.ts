import { fold } from "./fold";
import { DEFAULT_READINGS, NAME_READINGS, OTHER_READINGS, SETTLED } from "./readings";

type PinyinPro = typeof import("pinyin-pro");
let pinyinPro: PinyinPro | undefined;
/** Loaded when first needed: its dictionary takes some 40 ms. */
const library = (): PinyinPro => (pinyinPro ??= require("pinyin-pro") as PinyinPro);

const options = { toneType: "none", type: "array", v: true } as const;

/** What is known of one character: its syllable alone, further syllables, and whether its neighbours decide. */
interface Reading {
  syllable: string;
  alone: string;
  others: readonly string[];
  open: boolean;
}
const NOTHING: readonly string[] = [];

const readings = new Map<string, Reading>();
const readingOf = (char: string): Reading => {
  let reading = readings.get(char);
  if (!reading) {
    const { pinyin, polyphonic } = library();
    const alone = pinyin(char, options)[0] ?? char;
    const syllable = DEFAULT_READINGS[char] ?? alone;
    const others = new Set(OTHER_READINGS[char] ?? NOTHING);
    // ü is typed v by those who know the keyboard and u by those who read passports and street signs (Lüliang, Luliang).
    if (/^[ln]v/.test(syllable)) others.add(syllable.replace("v", "u"));
    const open = !SETTLED.has(char) && new Set(polyphonic(char, { toneType: "none", type: "array" })[0] ?? NOTHING).size > 1;
    reading = { syllable, alone, others: [...others], open };
    readings.set(char, reading);
  }
  return reading;
};

const namesByFirst = new Map<string, (readonly [chars: string[], syllables: string[]])[]>();
for (const [name, syllables] of Object.entries(NAME_READINGS)) {
  const chars = Array.from(name);
  const first = chars[0] as string;
  namesByFirst.set(
    first,
    [...(namesByFirst.get(first) ?? []), [chars, syllables.split(" ")] as const].sort((a, b) => b[0].length - a[0].length),
  );
}

/** The syllables of a run of folded Han characters, and for each position what else it may be read. */
export function readRun(chars: readonly string[]): { syllables: string[]; others: (readonly string[])[] } {
  const syllables: string[] = new Array(chars.length);
  const others: (readonly string[])[] = new Array(chars.length);
  let open = false;
  for (let i = 0; i < chars.length; i++) {
    const reading = readingOf(chars[i] as string);
    syllables[i] = reading.syllable;
    others[i] = reading.others;
    open ||= reading.open;
  }
  if (open && chars.length > 1) {
    const inContext = library().pinyin(chars.join(""), options);
    if (inContext.length === chars.length) {
      for (let i = 0; i < chars.length; i++) {
        const reading = readingOf(chars[i] as string);
        if (reading.open && inContext[i] !== reading.alone) syllables[i] = inContext[i] as string;
      }
    }
  }
  for (let i = 0; i < chars.length; i++) {
    const names = namesByFirst.get(chars[i] as string);
    const name = names?.find(([of]) => of.every((char, k) => chars[i + k] === char));
    if (!name) continue;
    for (let k = 0; k < name[1].length; k++) syllables[i + k] = name[1][k] as string;
    i += name[1].length - 1;
  }
  return { syllables, others };
}

/** One piece of a text as search sees it: a run of Han characters, or a word in letters and digits of any other script. */
export type Piece = { han: string[] } | { word: string };

const PIECES = /\p{Script=Han}+|[\p{L}\p{N}\p{M}]+?(?=\p{Script=Han}|[^\p{L}\p{N}\p{M}]|$)/gu;
const PLAIN_HAN = /^[一-鿿]+$/;
/** Marks that stand inside one name or one word: 迪丽·热巴, Xi'an, İstanbul's combining dots. */
const INSIDE = /(?<=\p{L})['’ʼ](?=\p{L})|(?<=\p{Script=Han})[·•・‧](?=\p{Script=Han})/gu;
const bareWord = (word: string): string => word.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");

/** The pieces of a text, folded, in order. Latin letters lose their accents (lóng → long). */
export function pieces(text: string): Piece[] {
  const folded = fold(text);
  if (PLAIN_HAN.test(folded)) return [{ han: folded.split("") }];
  const found: Piece[] = [];
  for (const match of folded.replace(INSIDE, "").match(PIECES) ?? []) {
    if (/^\p{Script=Han}/u.test(match)) found.push({ han: Array.from(match) });
    else {
      const word = bareWord(match);
      if (word) found.push({ word });
    }
  }
  return found;
}

/** What stands for a unit among initials: its first letter; a number stays whole. */
export const initialOf = (unit: string): string => (/^\p{N}/u.test(unit) ? unit : (Array.from(unit)[0] ?? ""));

/**
 * How a text is read: a syllable for each Han character (without tones, ü as v), words of other scripts as they are; all of them joined,
 * and their first letters (a number stays whole). Traditional text is read as its Simplified form, so both scripts read alike.
 */
export function pinyin(text: string): { syllables: string[]; joined: string; initials: string } {
  const syllables = pieces(text).flatMap((piece) => ("han" in piece ? readRun(piece.han).syllables : [piece.word]));
  return { syllables, joined: syllables.join(""), initials: syllables.map(initialOf).join("") };
}

/** The reading to compare with pg_trgm's `word_similarity`: runs of Han joined, words apart, at most 256 characters. */
export function pinyinKey(text: string): string {
  return pieces(text)
    .map((piece) => ("han" in piece ? readRun(piece.han).syllables.join("") : piece.word))
    .join(" ")
    .slice(0, 256)
    .replace(/[\ud800-\udbff]$/, "");
}
