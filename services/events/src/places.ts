import { checkNumber, checkText, LARGEST_PAGE, type InputProblem } from "@gongjian/subgraph";
import { partyKey, type PartyReference } from "./external/party";

/** The most parties that one list has. As many as a nested list answers with, which is why these lists need no pages. */
export const MOST_PARTIES = LARGEST_PAGE;

/** A row of a list of parties: each role has places from 1. */
export interface PlaceRow extends PartyReference {
  role: string;
  order?: number | null;
}

/** Gives each row without an order the place after those above it in the same list and role. */
export function withOrders<R extends PlaceRow>(rows: readonly R[], listOf: (row: R) => string): (R & { order: number })[] {
  const last = new Map<string, number>();
  return rows.map((row) => {
    const place = `${listOf(row)}\0${row.role}`;
    const order = row.order ?? (last.get(place) ?? 0) + 1;
    last.set(place, Math.max(order, last.get(place) ?? 0));
    return { ...row, order };
  });
}

/** Which rows name a party that a row above names in the same list and role. */
export function repeatedParties<R extends PlaceRow>(rows: readonly R[], listOf: (row: R) => string): Set<R> {
  const seen = new Set<string>();
  const repeated = new Set<R>();
  for (const row of rows) {
    const key = `${listOf(row)}\0${row.role}\0${partyKey(row)}`;
    if (seen.has(key)) repeated.add(row);
    seen.add(key);
  }
  return repeated;
}

/** What is wrong with one row of a list of parties, apart from what is stored. */
export const checkPlace = (row: { order: number; topic?: string | null; source?: string | null }): InputProblem[] => [
  ...checkNumber("order", row.order, { least: 1, most: MOST_PARTIES }),
  ...checkText("topic", row.topic, { most: 500 }),
  ...checkText("source", row.source, { most: 200 }),
];

export const TOO_MANY = (field: string): InputProblem => ({ field, code: "TOO_MANY", message: `At most ${MOST_PARTIES} are allowed.` });
export const REPEATED = (field: string): InputProblem => ({
  field,
  code: "DUPLICATE_KEY",
  message: "The party is named twice in this role.",
});
