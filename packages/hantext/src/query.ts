import { converters } from "./opencc";
import { pieces, pinyin, type Piece } from "./pinyin";
import { cut, hasTaiwanWords } from "./tokens";

/** Most characters of a query that are read, and most terms that are asked for. */
const MAX_QUERY = 200;
const MAX_TERMS = 32;

export interface TsQuery {
  /** Text for `$1::tsquery`; null when the query holds nothing to search for. */
  primary: string | null;
  /** Wider queries, to be tried in order when the one before found nothing: read as pinyin, then any of its words. */
  fallbacks: string[];
}

const quote = (token: string): string => `'${token.replace(/\\/g, "\\\\").replace(/'/g, "''")}'`;
const and = (terms: readonly string[]): string => [...new Set(terms)].slice(0, MAX_TERMS).join(" & ");

const hanTerms = (chars: readonly string[]): string[] =>
  chars.length === 1 ? [quote(chars[0] as string)] : chars.slice(1).map((char, i) => quote((chars[i] as string) + char));
const wordTerm = (word: string): string => `${quote(cut(word))}:*`;
const terms = (all: readonly Piece[]): string[] => all.flatMap((piece) => ("han" in piece ? hanTerms(piece.han) : [wordTerm(piece.word)]));

type Jieba = { cut(text: string, hmm?: boolean): string[] };
let jieba: Jieba | undefined;
/** Loaded with the first query that needs it: the dictionary takes some 130 ms and 40 MB. */
const segmenter = (): Jieba => {
  if (!jieba) {
    const { Jieba } = require("@node-rs/jieba") as typeof import("@node-rs/jieba");
    const { dict } = require("@node-rs/jieba/dict") as { dict: Buffer };
    jieba = Jieba.withDict(dict);
  }
  return jieba;
};

const wordsOf = (all: readonly Piece[]): string[] => {
  const words = all.flatMap((piece) => ("han" in piece ? segmenter().cut(piece.han.join(""), true) : [piece.word]));
  const telling = words.filter((word) => Array.from(word).length > 1);
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, MAX_TERMS);
};

/**
 * A query in either script, pinyin, initials or a mixture, as text for `$1::tsquery` over the lexemes of `indexTokens`. Han characters
 * become pairs that must all occur, letters a prefix. Every lexeme is quoted and holds only letters, digits and ideographs, so nothing
 * that a person types is an operator.
 */
export function toTsQuery(query: string): TsQuery {
  const bounded = query.slice(0, MAX_QUERY);
  const all = pieces(bounded);
  if (all.length === 0) return { primary: null, fallbacks: [] };
  let primary = and(terms(all));
  if (hasTaiwanWords(bounded)) {
    const mainland = and(terms(pieces(converters.twWordsToCn()(bounded))));
    if (mainland && mainland !== primary) primary = `(${primary}) | (${mainland})`;
  }
  const fallbacks = new Set<string>();
  const { joined } = pinyin(bounded);
  if (joined) fallbacks.add(wordTerm(joined));
  const words = wordsOf(all);
  if (words.length > 1)
    fallbacks.add(
      words
        .map((word) => `(${and(terms(pieces(word)))})`)
        .filter((group) => group !== "()")
        .join(" | "),
    );
  fallbacks.delete(primary);
  fallbacks.delete("");
  return { primary, fallbacks: [...fallbacks] };
}
