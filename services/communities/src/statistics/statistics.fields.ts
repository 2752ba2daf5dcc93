import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Region } from "../region/region.type";
import { RegionStatistics } from "./statistics.type";

@Resolver(() => Region)
export class RegionStatisticsFields {
  @FieldResolver(() => RegionStatistics, {
    description: "The region in figures, with all that lies in it at any depth or is managed by it: any node of the tree, or a zone.",
  })
  statistics(@Root() { code }: Region, @Ctx() context: Context): Promise<RegionStatistics> {
    return context.statistics.ofRegion(code);
  }
}
