import type { Precision } from "@gongjian/entities-communities";
import { ETHNIC_GROUPS } from "../population/ethnic-groups";
import type { EthnicGroupSummary, SnapshotSum, TeamMembersSum } from "./statistics.type";

/** What the statement knows of one figure of a region's latest snapshots. */
export interface SumRow {
  sum: number | null;
  communities: number;
  /** Whether one of the figures is ABOUT, and whether one is OVER. */
  about: boolean | null;
  over: boolean | null;
  earliestAsOf: string | null;
  latestAsOf: string | null;
}

/** How exact a sum is: a bound is lost with the first guess, and exactness with the first bound. */
export function precisionOfSum({ communities, about, over }: Pick<SumRow, "communities" | "about" | "over">): Precision | null {
  if (communities === 0) return null;
  if (about) return "ABOUT";
  return over ? "OVER" : "EXACT";
}

export const sumOf = (row: SumRow): SnapshotSum => ({
  sum: row.sum,
  precision: precisionOfSum(row),
  communities: row.communities,
  earliestAsOf: row.earliestAsOf,
  latestAsOf: row.latestAsOf,
});

/** The members of teams, of those that say how many they have. */
export const membersOf = (row: Pick<SumRow, "sum" | "communities" | "about" | "over">): TeamMembersSum => ({
  sum: row.sum,
  precision: precisionOfSum(row),
  teams: row.communities,
});

/**
 * How many groups there are at least. Two communities with 18 and 8 groups may share all 8: without their names nothing more is
 * certain than the higher number.
 */
export function ethnicGroupsOf(codes: readonly number[], highest: number | null, communities: number): EthnicGroupSummary {
  const named = [...new Set(codes)].sort((a, b) => a - b).map((code) => ETHNIC_GROUPS[code - 1]!);
  const atLeast = Math.max(named.length, highest ?? 0);
  return { atLeast: atLeast === 0 ? null : atLeast, named, communities };
}
