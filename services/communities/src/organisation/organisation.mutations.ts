import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CreateOrganisationInput, ImportOrganisationsInput, UpdateOrganisationInput } from "./organisation.inputs";
import { CreateOrganisationResult, ImportOrganisationsResult, UpdateOrganisationResult } from "./organisation.results";

@Resolver()
export class OrganisationMutations {
  @Mutation(() => CreateOrganisationResult, { description: "Enters an organisation." })
  @Access("officers of its region, and administrators")
  createOrganisation(
    @Arg("input", () => CreateOrganisationInput, { description: "The new organisation." }) input: CreateOrganisationInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateOrganisationResult> {
    return context.organisations.create(input) as Promise<typeof CreateOrganisationResult>;
  }

  @Mutation(() => UpdateOrganisationResult, { description: "Changes an organisation." })
  @Access("its representatives, officers of its region, and administrators")
  updateOrganisation(
    @Arg("input", () => UpdateOrganisationInput, { description: "The change." }) input: UpdateOrganisationInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateOrganisationResult> {
    return context.organisations.update(input) as Promise<typeof UpdateOrganisationResult>;
  }

  @Mutation(() => ImportOrganisationsResult, { description: "Creates or updates organisations by external key, row by row." })
  @Access("officers of the region of each row, and administrators")
  importOrganisations(
    @Arg("input", () => ImportOrganisationsInput, { description: "The organisations." }) input: ImportOrganisationsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportOrganisationsResult> {
    return context.organisations.import(input) as Promise<typeof ImportOrganisationsResult>;
  }
}
