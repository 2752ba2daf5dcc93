import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
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
}
