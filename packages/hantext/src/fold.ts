import { simplify } from "./characters";

const PLAIN_HAN = /^[一-鿿]+$/;

const clean = (text: string): string =>
  text
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Variation_Selector}]/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .trim();

/**
 * The key by which names and tags are equal: NFKC, lower case, white space trimmed and collapsed, no control or format characters or
 * lone surrogates, every Traditional character in its Simplified form. Folding is by character, never by phrase, so the key of a prefix
 * is a prefix of the key, and words of different meaning never become one (智慧社區 is not 智能社区, 王小埠 not 王小端口).
 */
export function fold(text: string): string {
  let folded = text;
  if (!PLAIN_HAN.test(text)) {
    // NFKC after lower-casing can bring back what one round has removed (İ, ㎐); two or three rounds settle it.
    for (let next = clean(folded), round = 0; next !== folded && round < 8; next = clean(folded), round++) folded = next;
  }
  let simplified = "";
  for (const char of folded) simplified += char < "⺀" ? char : simplify(char);
  return simplified;
}
