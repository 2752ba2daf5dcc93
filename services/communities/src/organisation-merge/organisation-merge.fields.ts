import { AssumedSize } from "@gongjian/subgraph";
import { Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Organisation } from "../organisation/organisation.type";
import { AbsorbedOrganisation } from "./organisation-merge.type";

@Resolver(() => Organisation)
export class OrganisationMergeFields {
  @FieldResolver(() => [ID], {
    description:
      "All ids that mean this organisation: the one that it has now first, then those of the records merged into it, at most 100. Records of other parts of the platform may name any of them.",
  })
  @AssumedSize(2)
  ids(@Root() organisation: Organisation, @Ctx() context: Context): Promise<string[]> {
    return context.organisationMerges.idsOf(organisation.id);
  }

  @FieldResolver(() => [AbsorbedOrganisation], { description: "The records that were merged into it, the earliest first, at most 100." })
  @AssumedSize(2)
  absorbed(@Root() organisation: Organisation, @Ctx() context: Context): Promise<AbsorbedOrganisation[]> {
    return context.organisationMerges.absorbedBy(organisation.id);
  }
}
