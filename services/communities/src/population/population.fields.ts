import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { PopulationSnapshot } from "./population.type";

@Resolver(() => PopulationSnapshot)
export class PopulationFields {
  @FieldResolver(() => Community, { nullable: true, description: "The community that was counted." })
  community(@Root() snapshot: PopulationSnapshot, @Ctx() context: Context): Promise<Community | null> {
    return context.communities.byId(snapshot.communityId);
  }
}
