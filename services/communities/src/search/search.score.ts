import type { SearchMatch } from "./search.hits.type";

/**
 * Scores in thousandths: each way of matching has a hundred of its own, within which a shorter name scores higher, by 1 a character down
 * from 99. `wider` are the queries that are tried when the one before found nothing.
 */
export const SCORES = {
  name: 900,
  start: 700,
  part: 500,
  rest: 300,
  wider: [100, 0],
  /** Which of the queries a score comes from: 0, or that of the wider ones. */
  levelOf: (score: number): number => (score >= 200 ? 0 : score >= 100 ? 1 : 2),
} as const;

/** By what a record with a score was found. @param found the text that has what was looked for, 0 being the name; null when none has */
export function matchOf(score: number, found: number | null): SearchMatch {
  if (score < 200) return "SIMILAR";
  if (score >= SCORES.name) return "NAME";
  if (score >= SCORES.start) return "NAME_START";
  if (score >= SCORES.part) return "NAME_PART";
  return found !== null && found > 0 ? "TEXT" : "READING";
}
