import { regionScope, type Scopes } from "@gongjian/subgraph";
import type { Context } from "../context";
import { findPlace, givenFields, type FoundPlace, type Place } from "../place/place";
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

/** Whether a place lies on the line of the place that a suggestion is about, above it or below, or is an organisation. */
export const inLine = (scopes: Scopes, about: { regionCode: string; communityId: string | null }, target: FoundPlace): boolean =>
  target.organisationId !== null ||
  scopes.includes(target.own) ||
  (about.communityId === null && target.scopes.includes(regionScope(about.regionCode)));

/** The scopes that decide about a stored suggestion. */
export async function scopesOfSuggestion(context: Context, suggestion: Sides): Promise<SuggestionScopes> {
  const assignee = assigneeOf(suggestion);
  const [place, holder] = await Promise.all([
    findPlace(context, suggestion.communityId ? { communityId: suggestion.communityId } : { regionCode: suggestion.regionCode }),
    givenFields(assignee).length === 0 ? null : findPlace(context, assignee),
  ]);
  return {
    place: place?.scopes ?? NOBODY,
    // whoever oversees an organisation elsewhere has no say in what is suggested here
    assignee: holder === null ? NOBODY : holder.organisationId === null ? holder.scopes : [holder.own],
    held: holder !== null && holder.organisationId === null,
  };
}
