import { AssumedSize, PageArgs, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { CommunityConnection, type Community } from "../community/community.type";
import type { Context } from "../context";
import { Region, RegionConnection } from "./region.type";

@Resolver(() => Region)
export class RegionFields {
  @FieldResolver(() => String, { description: "The official name in its own script." })
  officialName(@Root() region: Region): string {
    return region.name;
  }

  @FieldResolver(() => Region, { nullable: true, description: "The region that contains this one." })
  parent(@Root() region: Region, @Ctx() context: Context): Promise<Region | null> | null {
    return region.parentCode === null ? null : context.regions.byCode(region.parentCode);
  }

  @FieldResolver(() => RegionConnection, { description: "The regions directly below this one, by code." })
  children(@Root() region: Region, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Region>> {
    return context.regions.children(region.code, args);
  }

  @FieldResolver(() => CommunityConnection, { description: "The communities that lie directly in this region, by name." })
  communities(@Root() region: Region, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Community>> {
    return context.communities.inRegion(region.code, args);
  }

  @AssumedSize(10)
  @FieldResolver(() => [Region], { description: "The regions that this zone runs beside the tree." })
  manages(@Root() region: Region, @Ctx() context: Context): Promise<Region[]> {
    return context.regions.manages(region.code);
  }

  @AssumedSize(2)
  @FieldResolver(() => [Region], { description: "The zones that run this region." })
  managedBy(@Root() region: Region, @Ctx() context: Context): Promise<Region[]> {
    return context.regions.managedBy(region.code);
  }
}
