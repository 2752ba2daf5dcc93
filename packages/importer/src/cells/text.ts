import { type EnumLabel, type ListColumn, type TextColumn } from "../definition";
import { foldLabel } from "../fold";
import { bad, good, type Outcome } from "./outcome";

export const MAX_TEXT = 200;
export const MAX_ITEMS = 200;

// Control characters other than tab and line feed, lone surrogates, noncharacters, the replacement character that stands for
// bytes nobody could decode, and the marks that make text run the other way than it reads.
const UNUSABLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffd\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const codePoint = (character: string) => `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Line ends become \n, marks without width go, blanks at both ends go. BAD_CHARACTER where a character cannot be stored or shown. */
export function cleanText(text: string): Outcome<string> {
  const clean = text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u200b\u2060\ufeff]/g, "")
    .trim();
  const character = UNUSABLE.exec(clean);
  return character ? bad("BAD_CHARACTER", { character: codePoint(character[0]) }) : good(clean);
}

export function bounded(text: string, max: number): Outcome<string> {
  if (text.length <= max) return good(text);
  const length = [...text].length;
  return length > max ? bad("TOO_LONG", { max, length }) : good(text);
}

/** A code is plain: full-width forms become ASCII. */
export function parseText(text: string, column: TextColumn): Outcome<string> {
  const plain = column.kind === "code" ? text.normalize("NFKC").trim() : text;
  const fitting = bounded(plain, column.maxLength ?? MAX_TEXT);
  if (!fitting.ok) return fitting;
  if (column.check && !column.check.test(plain)) return bad("BAD_VALUE", { zh: column.check.zh, en: column.check.en });
  return good(plain);
}

type Labels = Readonly<Record<string, EnumLabel>>;
const indexes = new WeakMap<Labels, Map<string, string>>();

/** Every accepted writing of an enum's values, folded, with the value it means. Throws when two values share one. */
export function labelIndex(labels: Labels): Map<string, string> {
  const known = indexes.get(labels);
  if (known) return known;
  const index = new Map<string, string>();
  for (const [value, label] of Object.entries(labels)) {
    for (const name of [value, label.zh, label.zhHant ?? "", label.en, ...(label.synonyms ?? [])]) {
      const key = foldLabel(name);
      if (key === "") continue;
      const other = index.get(key);
      if (other !== undefined && other !== value) throw new Error(`"${name}" means both ${other} and ${value}`);
      index.set(key, value);
    }
  }
  indexes.set(labels, index);
  return index;
}

export function parseEnum(text: string, labels: Labels): Outcome<string> {
  const value = labelIndex(labels).get(foldLabel(text));
  if (value !== undefined) return good(value);
  const options = Object.values(labels)
    .map(({ zh }) => zh)
    .join("、");
  return bad("NOT_AN_OPTION", { options });
}

const YES = new Set(["是", "有", "对", "y", "yes", "true", "t", "1", "真", "√", "✓", "✔"]);
const NO = new Set(["否", "无", "不是", "没有", "n", "no", "false", "f", "0", "假", "×", "✗", "✘"]);

export function parseBoolean(text: string): Outcome<boolean> {
  const plain = text.normalize("NFKC").trim().toLowerCase();
  if (YES.has(plain) || YES.has(foldLabel(plain))) return good(true);
  if (NO.has(plain) || NO.has(foldLabel(plain))) return good(false);
  return bad("NOT_YES_OR_NO");
}

/** Items are separated by ; ； 、 or a line break; empty ones go, and of equal ones the first stays. */
export const splitList = (text: string): string[] => text.split(/[;；、\n]/);

export function parseList(items: readonly string[], column: ListColumn): Outcome<readonly string[]> {
  const values: string[] = [];
  for (const item of items) {
    const clean = item.trim();
    if (clean === "") continue;
    const value = column.labels ? parseEnum(clean, column.labels) : bounded(clean, column.maxLength ?? MAX_TEXT);
    if (!value.ok) return value;
    if (column.check && !column.check.test(value.value)) return bad("BAD_VALUE", { zh: column.check.zh, en: column.check.en });
    values.push(value.value);
  }
  const unique = [...new Set(values)];
  const max = column.maxItems ?? MAX_ITEMS;
  return unique.length > max ? bad("TOO_MANY_ITEMS", { max, count: unique.length }) : good(unique);
}
