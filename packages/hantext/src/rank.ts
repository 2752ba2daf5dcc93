import { fold } from "./fold";
import { pinyin } from "./pinyin";

/** How near a name is to a query, smaller is nearer: the name itself, its beginning, somewhere in it, its reading, the rest. */
export const RANKS = { exact: 0, prefix: 1, inside: 2, reading: 3, rest: 4 } as const;

/** Rank of a found name, for sorting a page of results: by script-folded text first, then by pinyin or initials from its start. */
export function rank(name: string, query: string): number {
  const key = fold(name);
  const wanted = fold(query);
  if (wanted === "") return RANKS.rest;
  if (key === wanted) return RANKS.exact;
  if (key.startsWith(wanted)) return RANKS.prefix;
  if (key.includes(wanted)) return RANKS.inside;
  const read = pinyin(name);
  const typed = pinyin(query).joined;
  return typed !== "" && (read.joined.startsWith(typed) || read.initials.startsWith(typed)) ? RANKS.reading : RANKS.rest;
}
