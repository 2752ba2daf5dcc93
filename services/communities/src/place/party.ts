import type { Community } from "../community/community.type";
import type { Context } from "../context";
import type { Organisation } from "../organisation/organisation.type";
import type { Region } from "../region/region.type";
import type { Place } from "./place";

type Party = Region | Community | Organisation;
const typed = (__typename: string, record: Party | null): Party | null =>
  record === null ? null : ({ ...record, __typename } as unknown as Party);

/** The region, community or organisation that is set, through the loaders, with the name of its type. */
export async function partyAt(context: Context, { regionCode, communityId, organisationId }: Place): Promise<Party | null> {
  if (regionCode) return typed("Region", await context.regions.byCode(regionCode));
  if (communityId) return typed("Community", await context.communities.byId(communityId));
  return organisationId ? typed("Organisation", await context.organisations.byId(organisationId)) : null;
}
