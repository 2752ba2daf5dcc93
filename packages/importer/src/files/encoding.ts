import iconv from "iconv-lite";
import { ImportFileError } from "../errors";
import { likeness, type Likeness } from "./common-characters";

export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "gb18030", "big5"] as const;
export type Encoding = (typeof ENCODINGS)[number];

const BOMS: readonly [Encoding, readonly number[]][] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

const count = (text: string, wanted: (code: number) => boolean) => {
  let found = 0;
  for (let i = 0; i < text.length; i += 1) if (wanted(text.charCodeAt(i))) found += 1;
  return found;
};

/** UTF-8 with a few broken bytes (a cut file, one foreign paste) is still UTF-8: read as GB18030 it would turn into other words. */
function isDamagedUtf8(text: string): boolean {
  const broken = count(text, (code) => code === 0xfffd);
  const whole = count(text, (code) => code >= 0x80 && code !== 0xfffd);
  return whole > 4 * broken;
}

function strictUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export interface Decoded {
  text: string;
  encoding: Encoding;
  /** False when another encoding would have been about as likely. */
  certain: boolean;
}

/** Enough to tell by. */
const SAMPLE_BYTES = 65_536;
/** So much likelier has a text to look before that alone decides. */
const CLEARLY = 0.15;
/** … by so many characters at least: a word or two may be common under both. */
const CHARACTERS = 3;

interface Guess {
  encoding: Encoding;
  known: number;
  likeness: Likeness;
}

/**
 * The likeliest of the encodings that Chinese offices use: first by the headings that are found under it, then by how common its
 * characters are. The earlier of equals is taken.
 */
function guess(bytes: Buffer, known: (text: string) => number): { encoding: Encoding; certain: boolean } {
  const sample = bytes.subarray(0, SAMPLE_BYTES - (SAMPLE_BYTES % 2));
  const candidates: readonly Encoding[] = sample.includes(0) ? ["utf-16le", "utf-16be"] : ["gb18030", "big5"];
  const guesses = candidates.map((encoding): Guess => {
    const text = iconv.decode(sample, encoding);
    return { encoding, known: known(text), likeness: likeness(text) };
  });
  const [best, second] = guesses.sort((a, b) => b.known - a.known || b.likeness.share - a.likeness.share) as [Guess, Guess];
  const ahead = best.likeness.share - second.likeness.share;
  const looksClear = ahead >= CLEARLY && ahead * best.likeness.of >= CHARACTERS;
  return { encoding: best.encoding, certain: best.known > second.known || looksClear };
}

/**
 * Text of a CSV or JSON file. A byte order mark decides, then `asked`; else UTF-8 where it decodes strictly, else what is likeliest of
 * GB18030, Big5 and UTF-16 without a mark; `known` counts the headings that it finds in a text.
 * Single characters that cannot be decoded become U+FFFD, for the row that holds them to report; a file full of them is
 * UNDECODABLE.
 */
export function decodeText(bytes: Buffer, asked?: Encoding, known: (text: string) => number = () => 0): Decoded {
  const marked = BOMS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (marked) return checked(iconv.decode(bytes, marked[0]), marked[0]);
  if (asked) return checked(iconv.decode(bytes, asked), asked);
  const strict = strictUtf8(bytes);
  if (strict !== null && !strict.includes("\0")) return checked(strict, "utf-8");
  const lossy = bytes.toString("utf8");
  if (strict === null && isDamagedUtf8(lossy)) return checked(lossy, "utf-8");
  const { encoding, certain } = guess(bytes, known);
  // single NUL bytes are damage in a text of another encoding, which its rows tell
  if (encoding.startsWith("utf-16") && !certain)
    return strict !== null ? checked(strict, "utf-8") : checked(iconv.decode(bytes, "gb18030"), "gb18030");
  return { ...checked(iconv.decode(bytes, encoding), encoding), certain };
}

function checked(text: string, encoding: Encoding): Decoded {
  const unusable = count(text, (code) => code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 13));
  if (unusable > 3 && unusable > text.length / 50) throw new ImportFileError("UNDECODABLE", { encoding });
  return { text: text.startsWith("\ufeff") ? text.slice(1) : text, encoding, certain: true };
}

/** Bytes of a text file; UTF-8 and UTF-16 get a byte order mark, without which Excel guesses wrongly. Throws where a character has no code. */
export function encodeText(text: string, encoding: Encoding, bom = encoding.startsWith("utf")): Buffer {
  const bytes = iconv.encode(text, encoding, { addBOM: bom });
  if (!bom && iconv.decode(bytes, encoding) !== text) throw new RangeError(`Text has characters that ${encoding} lacks`);
  return bytes;
}
