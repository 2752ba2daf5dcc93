import { PageArgs, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { Organisation } from "../organisation/organisation.type";
import { Compound, CompoundConnection } from "./compound.type";

@Resolver(() => Compound)
export class CompoundFields {
  @FieldResolver(() => Community, { nullable: true, description: "The community that it belongs to." })
  community(@Root() { communityId }: Compound, @Ctx() context: Context): Promise<Community | null> {
    return context.communities.byId(communityId);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: "The organisation that manages the property." })
  manager(@Root() { managerId }: Compound, @Ctx() context: Context): Promise<Organisation | null> | null {
    return managerId === null ? null : context.organisations.byId(managerId);
  }
}

@Resolver(() => Community)
export class CommunityCompounds {
  @FieldResolver(() => CompoundConnection, {
    description:
      "The community's compounds that are on record, by name: not necessarily all that it has, see `PopulationSnapshot.compounds` for how many it counted.",
  })
  compounds(@Root() { id }: Community, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Compound>> {
    return context.compounds.ofCommunity(id, args);
  }
}
