import type { IdentifierScheme } from "@gongjian/entities-communities";
import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { IdentifierSchemeEnum } from "../region/region.type";
import { CommunitiesArgs } from "./community.inputs";
import { Community, CommunityConnection } from "./community.type";

@Resolver()
export class CommunityQueries {
  @Query(() => Community, { nullable: true, description: "The community with an id; null when there is none." })
  @PublicBecause("the register of communities is public")
  community(@Arg("id", () => ID, { description: "The community's id." }) id: string, @Ctx() context: Context): Promise<Community | null> {
    return context.communities.byId(wellFormed(id));
  }

  @Query(() => Community, { nullable: true, description: "The community with an official identifier; null when there is none." })
  @PublicBecause("the register of communities is public")
  communityByIdentifier(
    @Arg("scheme", () => IdentifierSchemeEnum, { description: "Who gave the identifier." }) scheme: IdentifierScheme,
    @Arg("value", () => String, { description: "The identifier, e.g. a 12-digit code." }) value: string,
    @Ctx() context: Context,
  ): Promise<Community | null> {
    return context.communities.byIdentifier(scheme, value);
  }

  @Query(() => CommunityConnection, { description: "Communities, filtered and in order." })
  @PublicBecause("the register of communities is public")
  communities(@Args(() => CommunitiesArgs) args: CommunitiesArgs, @Ctx() context: Context): Promise<Page<Community>> {
    return context.communities.list(args);
  }
}
