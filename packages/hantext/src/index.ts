export type { Script } from "./characters";
export { fold } from "./fold";
export { parseAcceptLanguage } from "./language";
export { pinyin, pinyinKey } from "./pinyin";
export { toTsQuery, type TsQuery } from "./query";
export { RANKS, rank } from "./rank";
export { scriptOf, toScript } from "./script";
export { indexTokens } from "./tokens";
export { warmUp } from "./warm";
