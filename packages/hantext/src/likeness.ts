import { fold } from "./fold";

/** The pairs of neighbouring characters of a text in one script, each once and in order, without spaces and marks. At most 600. */
export function gramsOf(text: string): string[] {
  const characters = [...fold(text).replace(/[\s\p{P}\p{S}]+/gu, "")];
  const grams = new Set<string>();
  for (let i = 0; i + 1 < characters.length; i += 1) grams.add(characters[i]! + characters[i + 1]!);
  if (characters.length === 1) grams.add(characters[0]!);
  return [...grams].sort().slice(0, 600);
}

/**
 * How alike two sets of pairs are, 0 to 1: twice what they share over what they have (Dice's coefficient; Dice 1945,
 * Sørensen 1948). 0 when both are empty.
 */
export function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 0;
  const other = new Set(b);
  return (2 * a.filter((gram) => other.has(gram)).length) / (a.length + b.length);
}
