import { fold } from "@gongjian/hantext";

const folded = new Map<string, string>();

/** What two writings of one heading or label have in common: script, case, width, spaces and punctuation do not count. */
export function foldLabel(text: string): string {
  const plain = text
    .slice(0, 200)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}\p{C}]/gu, "");
  const known = folded.get(plain);
  if (known !== undefined) return known;
  const key = fold(plain).replace(/\s/gu, "");
  if (folded.size > 10_000) folded.clear();
  folded.set(plain, key);
  return key;
}
