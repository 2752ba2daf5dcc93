import { toTsQuery } from "@gongjian/hantext";
import { searchable, type Condition } from "@gongjian/subgraph";

/** The longest search text that is read; what follows is ignored. */
export const LONGEST = 100;

/** Narrows a list to names that match a search text: either script, pinyin or initials. A text without any searchable character finds nothing. */
export function searchCondition(column: string, search: string | null | undefined): Condition[] {
  if (search === null || search === undefined || search.trim() === "") return [];
  const { primary } = toTsQuery(searchable(search).slice(0, LONGEST));
  return primary === null ? [{ sql: "false", params: [] }] : [{ sql: `${column} @@ ?::tsquery`, params: [primary] }];
}

/** What stands behind a place's name in the register: its committee. */
const COMMITTEE = /(居民委员会|村民委员会|居委会|村委会)$/u;

/** The name that people search by: the official one without its committee. */
export function commonName(name: string): string {
  const committee = COMMITTEE.exec(name)?.[0];
  if (committee === undefined) return name;
  const bare = name.slice(0, -committee.length);
  if (bare === "" || bare === "社区") return name;
  return committee.startsWith("村") && !bare.endsWith("村") ? `${bare}村` : bare;
}
