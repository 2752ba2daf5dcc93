import { toTsQuery } from "@gongjian/hantext";
import type { Condition } from "@gongjian/subgraph";

/** The longest search text that is read; what follows is ignored. */
const LONGEST = 100;

/** Narrows a list to names that match a search text: either script, pinyin or initials. A text without any searchable character finds nothing. */
export function searchCondition(column: string, search: string | null | undefined): Condition[] {
  if (search === null || search === undefined || search.trim() === "") return [];
  const { primary } = toTsQuery(search.slice(0, LONGEST));
  return primary === null ? [{ sql: "false", params: [] }] : [{ sql: `${column} @@ ?::tsquery`, params: [primary] }];
}

/** What a place is usually called without: the committee behind the name. Longest first. */
const SUFFIXES = /(社区居民委员会|社区居委会|居民委员会|村民委员会|居委会|村委会)$/u;

/** The name that people search by: the official one without its committee. */
export const commonName = (name: string): string => {
  const short = name.replace(SUFFIXES, (suffix) => (suffix.startsWith("社区") ? "社区" : suffix.startsWith("村") ? "村" : ""));
  return short === "" || short === "社区" || short === "村" ? name : short;
};
