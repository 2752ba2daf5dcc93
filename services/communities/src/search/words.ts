import { toScript } from "@gongjian/hantext";
import type { Condition } from "@gongjian/subgraph";

/** That a list of words has one of them, written as given or in either script. */
export function hasWord(column: string, word: string): Condition {
  const given = word.trim().replaceAll("\0", "");
  return { sql: `${column} && ?::text[]`, params: [[...new Set([given, toScript(given, "zh-Hans"), toScript(given, "zh-Hant")])]] };
}
