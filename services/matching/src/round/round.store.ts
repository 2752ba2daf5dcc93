import { fetchEntities, LARGEST_PAGE, missingEntities, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { Round } from "./round.type";

/** How many communities a round invites at most: as many as its list of guests answers with. */
const MOST_GUESTS = LARGEST_PAGE;

export const ROUND_COLUMNS = `r.id, r.key, r.region_code AS "regionCode", r.region_scope_codes AS "regionScopeCodes", r.guest_community_ids AS "guestCommunityIds", r.year, r.title, r.state, r.event_id AS "eventId", r.weights, r.matched_at AS "matchedAt", r.match_value AS "matchValue", r.source, r.version`;

export type RoundValues = Pick<
  Round,
  "key" | "regionCode" | "regionScopeCodes" | "guestCommunityIds" | "year" | "title" | "eventId" | "weights" | "source"
>;

export const valuesOf = (round: RoundValues): RoundValues => ({
  key: round.key,
  regionCode: round.regionCode,
  regionScopeCodes: round.regionScopeCodes,
  guestCommunityIds: round.guestCommunityIds,
  year: round.year,
  title: round.title,
  eventId: round.eventId,
  weights: round.weights,
  source: round.source,
});

/** The guests of a round as they are stored: each once, in order. */
export const guestIds = (ids: readonly string[]): string[] => [...new Set(ids.map((id) => id.toLowerCase()))].sort();

/** Asks communities which of the guests exist, once for all rounds, and tells of each round what is wrong with its guests. @throws PublicError PEER_UNAVAILABLE */
export async function guestProblems(
  context: Context,
  rounds: readonly { guestCommunityIds?: readonly string[] | null }[],
): Promise<(round: { guestCommunityIds?: readonly string[] | null }) => InputProblem[]> {
  const named = rounds.flatMap(({ guestCommunityIds }) => (guestCommunityIds ?? []).slice(0, MOST_GUESTS));
  const missing = await missingEntities(context, "communities", "Community", named);
  return ({ guestCommunityIds }) => {
    const guests = guestCommunityIds ?? [];
    if (guests.length > MOST_GUESTS)
      return [{ field: "guestCommunityIds", code: "TOO_MANY", message: `At most ${MOST_GUESTS} communities are invited.` }];
    return guests.flatMap((id, index) => (missing.has(id) ? [unknown(`guestCommunityIds.${index}`, "community")] : []));
  };
}

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
