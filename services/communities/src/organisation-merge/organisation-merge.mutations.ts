import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { MergeOrganisationsInput } from "./organisation-merge.inputs";
import { MergeOrganisationsResult } from "./organisation-merge.results";

@Resolver()
export class OrganisationMergeMutations {
  @Mutation(() => MergeOrganisationsResult, {
    description:
      "Makes two records of one organisation one, for good. Whatever names the one that is merged names the other from then on; its id and its key go on to find the organisation. What the organisation leaves out (credit code, region, description, capabilities) it takes over. A version conflict tells of the record that stays before the one that is merged.",
  })
  @Access("officers whose regions reach both, and administrators")
  mergeOrganisations(
    @Arg("input", () => MergeOrganisationsInput, { description: "The two records." }) input: MergeOrganisationsInput,
    @Ctx() context: Context,
  ): Promise<typeof MergeOrganisationsResult> {
    return context.organisationMerges.merge(input) as Promise<typeof MergeOrganisationsResult>;
  }
}
