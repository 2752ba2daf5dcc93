import { fold } from "@gongjian/hantext";

/** Characters that a snippet shows before the place, and from it on. */
const BEFORE = 20;
const FROM = 40;

/** A text folded character by character, with the character that each part came from. */
function folded(text: string): { key: string; origin: number[]; characters: string[] } {
  const characters = [...text];
  const origin: number[] = [];
  let key = "";
  characters.forEach((character, index) => {
    for (const unit of fold(character).split("")) {
      key += unit;
      origin.push(index);
    }
  });
  return { key, origin, characters };
}

const spaceless = (text: string): string => fold(text).replace(/\s+/gu, "");

/**
 * Some characters of the first of the texts that has what was looked for, in either script, around the place; `found` says which text it was.
 * Where none has it (it was found by its reading), the beginning of the first.
 */
export function snippetOf(texts: readonly string[], query: string): { snippet: string; found: number | null } {
  const wanted = [...new Set([spaceless(query), ...query.split(/\s+/u).map(spaceless)])].filter((word) => word !== "");
  for (const word of wanted) {
    for (const [index, text] of texts.entries()) {
      const { key, origin, characters } = folded(text);
      const at = key.indexOf(word);
      if (at >= 0) return { snippet: cut(characters, origin[at]!), found: index };
    }
  }
  return { snippet: cut([...(texts[0] ?? "")], 0), found: null };
}

function cut(characters: readonly string[], at: number): string {
  const start = Math.max(0, at - BEFORE);
  const end = Math.min(characters.length, at + FROM);
  return `${start > 0 ? "…" : ""}${characters.slice(start, end).join("")}${end < characters.length ? "…" : ""}`;
}
