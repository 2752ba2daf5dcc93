import { AssumedSize, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { Organisation, OrganisationConnection } from "../organisation/organisation.type";
import { ServingArgs } from "./service-area.inputs";
import { ServiceArea } from "./service-area.type";

type Area = typeof ServiceArea;

@Resolver(() => Organisation)
export class OrganisationServes {
  @AssumedSize(10)
  @FieldResolver(() => [ServiceArea], { description: "Where it serves: regions as a whole, and communities." })
  async serves(@Root() { id }: Organisation, @Ctx() context: Context): Promise<Area[]> {
    const areas = await context.serviceAreas.ofOrganisation(id);
    const found = await Promise.all(
      areas.map(async ({ regionCode, communityId }) => {
        const [__typename, record] =
          regionCode === null
            ? (["Community", await context.communities.byId(communityId!)] as const)
            : (["Region", await context.regions.byCode(regionCode)] as const);
        return record && ({ ...record, __typename } as unknown as Area);
      }),
    );
    return found.filter((area) => area !== null);
  }
}

@Resolver(() => Community)
export class CommunityServedBy {
  @FieldResolver(() => OrganisationConnection, {
    description: "The organisations that say they serve the community, or a region that contains or manages it, by name.",
  })
  servedBy(@Root() { id }: Community, @Args(() => ServingArgs) args: ServingArgs, @Ctx() context: Context): Promise<Page<Organisation>> {
    return context.serviceAreas.serving(id, args);
  }
}
