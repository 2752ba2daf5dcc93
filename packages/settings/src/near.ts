import { DEFINITIONS } from "./definitions";

/** A variable that is none of ours and was probably meant to be one. */
export interface NearName {
  given: string;
  meant: string;
}

const NAMES = Object.values(DEFINITIONS).map(({ variable }) => variable);
const KNOWN: ReadonlySet<string> = new Set(NAMES);
/** From this length on two slips are likelier than another word. */
const LONG = 8;

/** How many letters are left out, added, changed, or swapped with their neighbour (optimal string alignment distance). */
export function slips(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + change);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[from.length]![to.length]!;
}

/** In a short name a changed letter makes another word (POST, HOSE): there only a swap, or a letter too few or too many, counts. */
function isNear(given: string, name: string): boolean {
  if (Math.abs(given.length - name.length) > 2) return false;
  if (name.length < LONG) return slips(given, name) === 1 && (given.length !== name.length || sorted(given) === sorted(name));
  return slips(given, name) <= 2;
}

const sorted = (text: string): string => [...text].sort().join("");

/** The variables that are set, are none of ours and have a name near to one of ours: written in small letters, or with a slip or two. */
export function nearNames(env: Readonly<Record<string, string | undefined>>): NearName[] {
  return Object.entries(env)
    .filter(([given, value]) => !KNOWN.has(given) && value !== undefined && value !== "")
    .flatMap(([given]) => {
      const upper = given.toUpperCase().replaceAll("-", "_");
      const meant = KNOWN.has(upper) ? upper : NAMES.find((name) => isNear(upper, name));
      return meant ? [{ given, meant }] : [];
    });
}
