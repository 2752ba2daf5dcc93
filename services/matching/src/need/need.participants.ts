import { fetchEntities, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { Hosting } from "../round/entry-kind";

interface Owned {
  communityId: string;
}
interface Placed {
  region: { scopeCodes: string[] } | null;
}

/**
 * Whether a community takes part in a round: it lies in the round's region or below it, in a region that the round's region (a zone) runs,
 * or it is a guest. Pure.
 * @param scopeCodes the codes of the community's region, of all above it and of the zones that run any of them
 */
export const takesPart = (communityId: string, scopeCodes: readonly string[], { regionCode, guestCommunityIds }: Hosting): boolean =>
  scopeCodes.includes(regionCode) || guestCommunityIds.includes(communityId.toLowerCase());

/** Asks communities where the owners lie, once for all, and tells of each need whether it is none of the round's. @throws PublicError PEER_UNAVAILABLE */
export async function outsideRound(context: Context, needs: readonly Owned[]): Promise<(need: Owned, round: Hosting) => InputProblem[]> {
  const owners = needs.map(({ communityId }) => communityId);
  const placed = await fetchEntities<Placed>(context, "communities", "Community", "id", owners, "region { scopeCodes }");
  return ({ communityId }, round) => {
    const community = placed.get(communityId);
    // one that does not exist is told of elsewhere
    return community === undefined || takesPart(communityId, community.region?.scopeCodes ?? [], round)
      ? []
      : [
          {
            field: "communityId",
            code: "OUTSIDE_ROUND",
            message: "The community does not lie in the round's region and is not invited to it.",
          },
        ];
  };
}
