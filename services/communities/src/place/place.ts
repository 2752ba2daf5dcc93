import { communityScope, organisationScope, regionScope, type InputProblem, type Scopes } from "@gongjian/subgraph";
import type { Context } from "../context";
import { scopesOfRegion } from "../region/region.policy";
import type { Region } from "../region/region.type";

/** A region, a community or an organisation, by the one field that is set. */
export interface Place {
  regionCode?: string | null;
  communityId?: string | null;
  organisationId?: string | null;
}

/** A place that has been looked up. `region` is null only for an organisation without one. */
export interface FoundPlace {
  regionCode: string | null;
  communityId: string | null;
  organisationId: string | null;
  region: Region | null;
  /** The scope that names exactly this place. */
  own: string;
  /** That one and those of all that contain or manage it. */
  scopes: Scopes;
}

const regionScopes = (region: Region | null): Scopes => scopesOfRegion(region ?? { scopeCodes: [] });

/** Looks a place up; null when it names nothing. At most two batched reads. */
export async function findPlace(context: Context, place: Place): Promise<FoundPlace | null> {
  if (place.communityId) {
    const community = await context.communities.byId(place.communityId);
    if (!community) return null;
    const region = await context.regions.byCode(community.regionCode);
    return {
      regionCode: community.regionCode,
      communityId: community.id,
      organisationId: null,
      region,
      own: communityScope(community.id),
      scopes: [communityScope(community.id), ...regionScopes(region)],
    };
  }
  if (place.organisationId) {
    const organisation = await context.organisations.byId(place.organisationId);
    if (!organisation) return null;
    const region = organisation.regionCode === null ? null : await context.regions.byCode(organisation.regionCode);
    return {
      regionCode: region?.code ?? null,
      communityId: null,
      organisationId: organisation.id,
      region,
      own: organisationScope(organisation.id),
      scopes: [organisationScope(organisation.id), ...regionScopes(region)],
    };
  }
  const code = place.regionCode ?? "";
  const region = code === "" || code.includes("\0") ? null : await context.regions.byCode(code);
  if (!region) return null;
  return {
    regionCode: region.code,
    communityId: null,
    organisationId: null,
    region,
    own: regionScope(region.code),
    scopes: regionScopes(region),
  };
}

export const givenFields = (place: Place): string[] =>
  (["regionCode", "communityId", "organisationId"] as const).filter((field) => (place[field] ?? null) !== null);

/** What is wrong with a choice of exactly one place, and whether that exists. */
export function checkPlace(field: string, place: Place, found: FoundPlace | null): InputProblem[] {
  const given = givenFields(place);
  if (given.length !== 1) return [{ field, code: "EXACTLY_ONE", message: "Exactly one of the places is given." }];
  return found
    ? []
    : [{ field: field === "" ? given[0]! : `${field}.${given[0]}`, code: "UNKNOWN_REFERENCE", message: "There is no such place." }];
}

/**
 * The region above whoever holds a suggestion: the zone that runs a street comes before the district that contains it, and a community's
 * or an organisation's own region before both. Null at the top.
 */
export async function regionAbove(context: Context, holder: FoundPlace): Promise<Region | null> {
  if (holder.region === null) return null;
  if (holder.communityId !== null || holder.organisationId !== null) return holder.region;
  const [zone] = await context.regions.managedBy(holder.region.code);
  if (zone) return zone;
  return holder.region.parentCode === null ? null : context.regions.byCode(holder.region.parentCode);
}
