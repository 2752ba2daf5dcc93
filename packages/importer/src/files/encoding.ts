import iconv from "iconv-lite";
import { ImportFileError } from "../errors";

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

/**
 * Text of a CSV or JSON file. A byte order mark decides, then `asked`; else UTF-8 where it decodes strictly, else GB18030.
 * Single characters that cannot be decoded become U+FFFD, for the row that holds them to report; a file full of them is
 * UNDECODABLE.
 */
export function decodeText(bytes: Buffer, asked?: Encoding): { text: string; encoding: Encoding } {
  const marked = BOMS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (marked) return checked(iconv.decode(bytes, marked[0]), marked[0]);
  if (asked) return checked(iconv.decode(bytes, asked), asked);
  const strict = strictUtf8(bytes);
  if (strict !== null) return checked(strict, "utf-8");
  const lossy = bytes.toString("utf8");
  if (isDamagedUtf8(lossy)) return checked(lossy, "utf-8");
  return checked(iconv.decode(bytes, "gb18030"), "gb18030");
}

function checked(text: string, encoding: Encoding): { text: string; encoding: Encoding } {
  const unusable = count(text, (code) => code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 13));
  if (unusable > 3 && unusable > text.length / 50) throw new ImportFileError("UNDECODABLE", { encoding });
  return { text: text.startsWith("\ufeff") ? text.slice(1) : text, encoding };
}

/** Bytes of a text file; UTF-8 and UTF-16 get a byte order mark, without which Excel guesses wrongly. Throws where a character has no code. */
export function encodeText(text: string, encoding: Encoding, bom = encoding.startsWith("utf")): Buffer {
  const bytes = iconv.encode(text, encoding, { addBOM: bom });
  if (!bom && iconv.decode(bytes, encoding) !== text) throw new RangeError(`Text has characters that ${encoding} lacks`);
  return bytes;
}
