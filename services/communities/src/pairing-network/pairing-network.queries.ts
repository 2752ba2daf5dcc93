import { AssumedSize, PublicBecause } from "@gongjian/subgraph";
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { networkSvg } from "./network.svg";
import { PairingNetwork } from "./network.type";

@Resolver()
export class PairingNetworkQueries {
  @Query(() => PairingNetwork, {
    nullable: true,
    description: "Who is paired with whom in a region, over signed pairings that hold; null when there is no such region.",
  })
  @PublicBecause("only signed pairings count, and these are public")
  regionPairingNetwork(
    @Arg("within", () => ID, { description: "The code of a region: all at any depth, or managed by it." }) within: string,
    @Ctx() context: Context,
  ): Promise<PairingNetwork | null> {
    return context.pairingNetworks.of(within);
  }
}

@Resolver(() => PairingNetwork)
export class PairingNetworkFields {
  @FieldResolver(() => String, {
    description:
      "The network as a drawing (SVG 1.1) with title and description, names as they are on record. The same network is the same text.",
  })
  svg(@Root() network: PairingNetwork): string {
    const names = new Map(network.nodes.map(({ place, name }) => [place, name]));
    const drawn = { ...network, components: network.components.map(({ places }) => places) };
    return networkSvg(drawn, network.title, (place) => names.get(place)!);
  }

  @AssumedSize(100)
  @FieldResolver(() => [Community], { description: "Communities of the region that are paired with nobody, the first 100 by id." })
  async isolated(@Root() { isolatedIds }: PairingNetwork, @Ctx() context: Context): Promise<Community[]> {
    const found = await Promise.all(isolatedIds.map((id) => context.communities.byId(id)));
    return found.filter((community) => community !== null);
  }
}
