import { PLACE_WORDS_TO_TRADITIONAL, WARD, WORDS_CN_TW, WORDS_CN_TW_ONE_WAY } from "./words";

type Dict = string | readonly (readonly [string, string])[];
type Convert = (text: string) => string;
interface OpenCC {
  ConverterFactory(...groups: (readonly Dict[])[]): Convert;
  Locale: { from: Record<string, Dict[][]>; to: Record<string, Dict[][]> };
}

/** Computed once, when first asked for: nobody who only folds names pays for the large Simplified-to-Traditional dictionary. */
const lazy = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

const opencc = lazy(() => require("opencc-js") as OpenCC);
const group = (dicts: Dict[][] | undefined): Dict[] => {
  const first = dicts?.[0];
  if (!first) throw new Error("opencc-js no longer ships the dictionary group");
  return first;
};

/** Taiwan's characters to Simplified, with the phrases of OpenCC but no change of vocabulary. */
const twToCn = lazy(() => {
  const { ConverterFactory, Locale } = opencc();
  return ConverterFactory(group(Locale.from.tw), group(Locale.to.cn));
});

/** The same, and the words that the two sides call differently (軟體 → 软件). */
const twWordsToCn = lazy(() => {
  const { ConverterFactory, Locale } = opencc();
  return ConverterFactory([WORDS_CN_TW], group(Locale.from.tw), group(Locale.to.cn));
});

/** Simplified to Taiwan's characters and words. */
const cnToTwWords = lazy(() => {
  const { ConverterFactory, Locale } = opencc();
  const words = [...WORDS_CN_TW.map(([tw, cn]) => [cn, tw] as const), ...WORDS_CN_TW_ONE_WAY];
  // The words are given in Simplified and so come before the characters; what they put in is Traditional already and passes unchanged.
  const convert = ConverterFactory([[...PLACE_WORDS_TO_TRADITIONAL, ...words], ...group(Locale.from.cn)], group(Locale.to.tw));
  return (text: string) => text.split(WARD).map(convert).join("里");
});

export const converters = { twToCn, twWordsToCn, cnToTwWords };
