import { FirstArg, PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, Float, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { OrganisationDuplicate } from "./organisation.duplicates.type";
import { OrganisationsArgs } from "./organisation.inputs";
import { Organisation, OrganisationConnection } from "./organisation.type";

@Resolver()
export class OrganisationQueries {
  @Query(() => Organisation, { nullable: true, description: "The organisation with an id; null when there is none." })
  @PublicBecause("the register of organisations is public")
  organisation(
    @Arg("id", () => ID, { description: "The organisation's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<Organisation | null> {
    return context.organisations.byId(wellFormed(id));
  }

  @Query(() => OrganisationConnection, { description: "Organisations, filtered and in order." })
  @PublicBecause("the register of organisations is public")
  organisations(@Args(() => OrganisationsArgs) args: OrganisationsArgs, @Ctx() context: Context): Promise<Page<Organisation>> {
    return context.organisations.list(args);
  }

  @Query(() => [OrganisationDuplicate], {
    description:
      "Organisations that may have been entered twice, the surest first: of one organisation, or within a region of at most 1,000. By the body's own code in the credit code; by names without regions and legal forms, in either script; and by how alike they are.",
  })
  @PublicBecause("the register of organisations is public")
  organisationDuplicates(
    @Arg("id", () => ID, { nullable: true, description: "The organisation to find others of. Either this or `within` is given." })
    id: string | null,
    @Arg("within", () => ID, {
      nullable: true,
      description: "The region, at any depth, whose organisations are compared with one another.",
    })
    within: string | null,
    @Arg("atLeast", () => Float, { defaultValue: 0.7, description: "How alike names are at least, 0.5 to 1." }) atLeast: number,
    @FirstArg(20) first: number | null,
    @Ctx() context: Context,
  ): Promise<OrganisationDuplicate[]> {
    return context.organisationDuplicates.find({ id: id ? wellFormed(id) : null, within, atLeast, first });
  }
}
