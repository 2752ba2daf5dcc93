import { toTsQuery } from "@gongjian/hantext";
import { checkText, searchable, type Condition, type InputProblem } from "@gongjian/subgraph";

/** The longest search text that is read; what follows is ignored. */
const LONGEST_SEARCH = 100;

/** Narrows a list to records that match a search text: either script, pinyin or initials. A text without any searchable character finds nothing. */
export function searchCondition(column: string, search: string | null | undefined): Condition[] {
  if (search === null || search === undefined || search.trim() === "") return [];
  const { primary } = toTsQuery(searchable(search).slice(0, LONGEST_SEARCH));
  return primary === null ? [{ sql: "false", params: [] }] : [{ sql: `${column} @@ ?::tsquery`, params: [primary] }];
}

/** PostgreSQL text holds no NUL, so that a text with one can be no key. */
export const canBeKey = (text: string): boolean => !text.includes("\0");

/** An external key: 1 to 100 characters, without space at either end. */
export const checkKey = (field: string, key: string | null | undefined): InputProblem[] => {
  const problems = checkText(field, key, { least: 1, most: 100 });
  if (problems.length === 0 && key !== key?.trim())
    return [{ field, code: "MALFORMED", message: "A key neither begins nor ends with space." }];
  return problems;
};

export const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** What an update leaves out stays; null empties it. */
export const changed = <T>(given: T | undefined, before: T): T => (given === undefined ? before : given);
