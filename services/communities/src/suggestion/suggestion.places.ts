import type { Scopes } from "@gongjian/subgraph";
import type { Context } from "../context";
import { findPlace, givenFields, type Place } from "../place/place";
import type { SuggestionScopes } from "./suggestion.policy";

interface Sides {
  regionCode: string;
  communityId: string | null;
  assigneeRegionCode: string | null;
  assigneeCommunityId: string | null;
  assigneeOrganisationId: string | null;
}

const NOBODY: Scopes = [];

export const assigneeOf = (suggestion: Omit<Sides, "regionCode" | "communityId">): Place => ({
  regionCode: suggestion.assigneeRegionCode,
  communityId: suggestion.assigneeCommunityId,
  organisationId: suggestion.assigneeOrganisationId,
});

/** The scopes that decide about a stored suggestion. */
export async function scopesOfSuggestion(context: Context, suggestion: Sides): Promise<SuggestionScopes> {
  const assignee = assigneeOf(suggestion);
  const [place, holder] = await Promise.all([
    findPlace(context, suggestion.communityId ? { communityId: suggestion.communityId } : { regionCode: suggestion.regionCode }),
    givenFields(assignee).length === 0 ? null : findPlace(context, assignee),
  ]);
  return { place: place?.scopes ?? NOBODY, assignee: holder?.scopes ?? NOBODY };
}
