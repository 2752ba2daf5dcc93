import { AssumedSize, DateScalar, PageArgs, type Page } from "@gongjian/subgraph";
import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { PopulationSnapshot, PopulationSnapshotConnection } from "../population/population.type";
import { Region } from "../region/region.type";
import { Community, Identifier, Location } from "./community.type";

@Resolver(() => Community)
export class CommunityFields {
  @FieldResolver(() => String, { description: "The official name in its own script." })
  officialName(@Root() community: Community): string {
    return community.name;
  }

  @AssumedSize(2)
  @FieldResolver(() => [Identifier], { description: "Official and platform-given identifiers." })
  identifiers(@Root() community: Community): Identifier[] {
    return [{ scheme: community.scheme, value: community.identifier }];
  }

  @FieldResolver(() => Region, { nullable: true, description: "The street, town or district it lies in." })
  region(@Root() community: Community, @Ctx() context: Context): Promise<Region | null> {
    return context.regions.byCode(community.regionCode);
  }

  @FieldResolver(() => Location, { nullable: true, description: "Where it lies, when known." })
  location(@Root() community: Community): Location | null {
    return community.longitude === null || community.latitude === null
      ? null
      : { longitude: community.longitude, latitude: community.latitude };
  }

  @FieldResolver(() => PopulationSnapshot, {
    nullable: true,
    description:
      "The latest population snapshot, or the one that was the latest on a day. One that counted the residents alone says nothing of the rest: `compareCommunities` and `Region.statistics` take each figure from the latest snapshot that has it.",
  })
  population(
    @Root() community: Community,
    @Arg("asOf", () => DateScalar, { nullable: true, description: "The day; today and whatever is dated later when left out." }) asOf:
      | string
      | null,
    @Ctx() context: Context,
  ): Promise<PopulationSnapshot | null> {
    return context.populations.latest(community.id, asOf ?? null);
  }

  @FieldResolver(() => PopulationSnapshotConnection, { description: "All population snapshots, latest first." })
  populationSnapshots(
    @Root() community: Community,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Page<PopulationSnapshot>> {
    return context.populations.ofCommunity(community.id, args);
  }
}
