import { fetchEntities, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { Round } from "./round.type";

export const ROUND_COLUMNS = `r.id, r.key, r.region_code AS "regionCode", r.region_scope_codes AS "regionScopeCodes", r.year, r.title, r.state, r.event_id AS "eventId", r.weights, r.matched_at AS "matchedAt", r.match_value AS "matchValue", r.source, r.version`;

export type RoundValues = Pick<Round, "key" | "regionCode" | "regionScopeCodes" | "year" | "title" | "eventId" | "weights" | "source">;

export const valuesOf = ({ key, regionCode, regionScopeCodes, year, title, eventId, weights, source }: RoundValues): RoundValues => ({
  key,
  regionCode,
  regionScopeCodes,
  year,
  title,
  eventId,
  weights,
  source,
});

/** Asks communities for the codes whose officers reach the regions, once for all; unknown regions are left out. @throws PublicError PEER_UNAVAILABLE */
export async function regionScopes(context: Context, codes: readonly string[]): Promise<Map<string, string[]>> {
  const found = await fetchEntities<{ scopeCodes: string[] }>(context, "communities", "Region", "code", codes, "scopeCodes");
  return new Map([...found].map(([code, { scopeCodes }]) => [code, [...scopeCodes].sort()]));
}

export const unknown = (field: string, what: string): InputProblem => ({
  field,
  code: "UNKNOWN_REFERENCE",
  message: `There is no such ${what}.`,
});
