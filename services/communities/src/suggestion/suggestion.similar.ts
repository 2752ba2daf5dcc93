import { createHash } from "node:crypto";
import { statement } from "@gongjian/database";
import { fold, gramsOf, indexTokens } from "@gongjian/hantext";
import { badInput, checkNumber, checkText, type Condition } from "@gongjian/subgraph";
import type { Context } from "../context";
import { visibleSuggestions } from "./suggestion.policy";
import { SUGGESTION_COLUMNS } from "./suggestion.store";
import type { SimilarSuggestion, Suggestion } from "./suggestion.type";

/** What a suggestion is found by: its pairs of characters, its folded title, and the lexemes of both. */
export function searchedBy(title: string, body: string): { grams: string[]; titleKey: string; searchTokens: string[] } {
  const grams = gramsOf(title + body);
  return { grams, titleKey: fold(title), searchTokens: [...new Set([...indexTokens(title), ...grams])] };
}

export interface SimilarArgs {
  text: string;
  within?: string | null;
  first: number;
  atLeast: number;
}

/** The ranking as one statement: the index over the pairs finds what shares any, Dice's coefficient ranks it. `$1` pairs, `$2` least, `$3` how many. */
function ranking(conditions: readonly Condition[]) {
  const params: unknown[] = [];
  const where = conditions.map(({ sql, params: given }) => {
    let index = 0;
    return `(${sql.replace(/\?/gu, () => `$${params.push(given[index++]) + 3}`)})`;
  });
  const text = `SELECT * FROM (SELECT ${SUGGESTION_COLUMNS},
      2.0 * (SELECT count(*) FROM unnest(s.grams) AS g(gram) WHERE g.gram = ANY($1::text[])) / (cardinality(s.grams) + cardinality($1::text[])) AS likeness
    FROM suggestion s WHERE s.grams && $1::text[] AND ${where.join(" AND ")}) AS found
    WHERE likeness >= $2::float8 ORDER BY likeness DESC, id LIMIT $3`;
  return { statement: statement(`suggestion_similar_${createHash("sha256").update(text).digest("hex").slice(0, 16)}`, text), params };
}

/** Suggestions that say nearly the same as a text, the most alike first, among those that the viewer may see and that carry on themselves. */
export async function similarTo(context: Context, { text, within, first, atLeast }: SimilarArgs): Promise<SimilarSuggestion[]> {
  const problems = [
    ...checkText("text", text, { least: 1, most: 4_200 }),
    ...checkText("within", within, { most: 100 }),
    ...checkNumber("first", first, { least: 1, most: 50 }),
    ...checkNumber("atLeast", atLeast, { least: 0.05, most: 1 }),
  ];
  if (problems.length > 0) throw badInput(problems);
  const grams = gramsOf(text);
  if (grams.length === 0) return [];
  const asked = ranking([
    ...visibleSuggestions(context.viewer),
    { sql: "s.state NOT IN ('MERGED', 'WITHDRAWN')", params: [] },
    ...(within ? [{ sql: "s.region_code IN (SELECT code FROM region WHERE scope_codes @> ARRAY[?::text])", params: [within] }] : []),
  ]);
  const rows = await context.rows<Suggestion & { likeness: string | number }>(asked.statement, [grams, atLeast, first, ...asked.params]);
  return rows.map((row) => ({ suggestion: row, likeness: Math.round(Number(row.likeness) * 1_000) / 1_000 }));
}
