import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportServiceContactsInput } from "./service-contact.inputs";
import { ImportServiceContactsResult } from "./service-contact.results";

@Resolver()
export class ServiceContactMutations {
  @Mutation(() => ImportServiceContactsResult, { description: "Creates or updates lines of service contact cards, row by row." })
  @Access("workers of the community of each row, officers of its region, administrators")
  importServiceContacts(
    @Arg("input", () => ImportServiceContactsInput, { description: "The lines." }) input: ImportServiceContactsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportServiceContactsResult> {
    return context.serviceContacts.import(input) as Promise<typeof ImportServiceContactsResult>;
  }
}
